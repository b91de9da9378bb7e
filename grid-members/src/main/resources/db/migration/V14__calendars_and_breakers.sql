-- Holiday calendars, and halts of the whole market. See docs/trading.md.

-- Which calendar counts for an instrument; null for the one that is called as its currency.
alter table trading_instrument add column calendar text;

create table trading_holiday (
    calendar text not null,
    day      date not null,                   -- beside Saturdays and Sundays
    primary key (calendar, day)
);

-- When the whole market is halted; no row for never.
create table market_breaker (
    one             boolean primary key default true check (one),
    levels          integer[] not null,       -- declines in ten-thousandths, ascending
    halt_seconds    integer not null,         -- of all levels but the last
    auction_seconds integer not null,         -- by which books re-open that have no time of their own for it
    reopens         time not null,            -- UTC, on the business day after the last level
    calendar        text not null,
    instruments     bigint[] not null,        -- the basket that is looked at
    weights         integer[] not null
);

create table market_halt (
    halt      bigint generated always as identity primary key,
    day       date not null,                  -- UTC
    level     smallint not null,              -- from 1; 0 for a person's
    closes    boolean not null,               -- until another day
    decline   integer not null,               -- ten-thousandths
    began_at  bigint not null,                -- nanoseconds since 1970
    ends_at   bigint not null,
    actor     text,                           -- who did it, if a person did
    reason    text,
    lifted_by text,
    lifted_because text,
    done      boolean not null default false  -- all its books were opened again
);
create unique index market_halt_once on market_halt (day, level) where level > 0;
create unique index market_halt_one on market_halt ((true)) where not done;

-- Books that a halt found trading: they are opened again when it is over.
create table market_halt_book (
    halt       bigint not null references market_halt,
    instrument bigint not null,
    primary key (halt, instrument)
);
