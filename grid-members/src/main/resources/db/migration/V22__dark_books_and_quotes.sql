-- Dark books. See docs/trading.md.

-- Of a dark book: the instruments at the middle of whose best prices it trades; null for one that shows its orders.
alter table trading_instrument add column lit bigint[] check (cardinality(lit) > 0);

-- The two orders that an account of a FIX session has as its quote in a book; they may have ended.
create table fix_quote (
    session    integer not null,
    account    bigint not null,
    instrument bigint not null,
    bid        bigint not null,
    offer      bigint not null,
    primary key (session, account, instrument)
);

-- Margin of short positions, in ten-thousandths of what it costs to end them; 0 if they need no collateral.
alter table trading_instrument add column short_margin integer not null default 0;

-- Units that somebody is ready to lend, for an account's short sales.
create table trading_locate (
    account    bigint not null,
    id         bigint not null,          -- chosen by whoever told it
    instrument bigint not null,
    quantity   bigint not null,
    expires    bigint not null,          -- nanoseconds since 1970; until then new sales may count on them
    lender     text,
    noted_at   timestamptz not null default now(),
    primary key (account, id)
);
