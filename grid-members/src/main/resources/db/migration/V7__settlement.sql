-- Settlement: what becomes of trades in the ledger, and positions. See docs/trading.md.

-- The trades of a piece, encoded; committed with the commands that led to them.
alter table trading_command add column deals bytea;
alter table trading_command alter column deals set storage external;
create index trading_command_deals on trading_command (instrument, first) where deals is not null;

-- Days from trade to settlement, weekends not counted; 0 settles at once. Stays what it was when the instrument was listed.
alter table trading_instrument add column settlement_days smallint not null default 0
    constraint trading_instrument_settlement_days check (settlement_days between 0 and 5);

-- A trade, written when the ledger has answered.
create table trade (
    instrument      bigint not null,
    number          bigint not null,          -- of the book, dense from 1
    traded_at       bigint not null,          -- nanoseconds since 1970
    price           bigint not null,          -- ticks, as traded
    quantity        bigint not null,          -- as traded
    buyer           bigint not null,          -- trading accounts
    seller          bigint not null,
    buyer_order     bigint not null,
    seller_order    bigint not null,
    buyer_fee       bigint not null,          -- ticks times units
    seller_fee      bigint not null,
    due             date not null,
    revision        integer not null default 0, -- the latest correction that is done
    posted_revision integer not null default -1, -- the revision that was in force when what had been set aside was posted
    place           bigint,                   -- in the order in which the instrument's trades were settled; null until then
    buyer_role      smallint not null,        -- maker, taker, ...
    seller_role     smallint not null,
    status          smallint not null,        -- 0 not settled, 1 queued, 2 pending, 3 settled, 4 failed, 5 busted
    set_aside       boolean not null default false, -- pending transfers are in the ledger
    reason          text,                     -- why it is not settled, or failed
    primary key (instrument, number)
) with (fillfactor = 90);
create index trade_open on trade (status, due, instrument, number) where status in (1, 2, 4);
create index trade_accounts on trade using brin
    (buyer int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01),
     seller int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01))
    with (pages_per_range = 32, autosummarize = on);

-- Busts and corrections, in the order of each trade: first what is meant, then what came of it.
create table trade_revision (
    instrument bigint not null,
    number     bigint not null,
    revision   integer not null,              -- from 1
    id         uuid not null unique,          -- chosen by whoever asked for it
    busts      boolean not null,
    price      bigint not null,               -- ticks and units after it; of a bust as before it
    quantity   bigint not null,
    buyer_fee  bigint not null,
    seller_fee bigint not null,
    note       text not null,
    asked_at   timestamptz not null default now(),
    done_at    timestamptz,
    refusal    text,                          -- the ledger's, if it did not take it
    primary key (instrument, number, revision)
);
create index trade_revision_open on trade_revision (instrument, number) where done_at is null;

-- How far settlement has come, for each book.
create table trading_settlement (
    instrument bigint primary key references trading_instrument,
    command    bigint not null default 0,     -- pieces of the journal that begin here or before are done
    trade      bigint not null default 0,     -- trades up to this number are
    places     bigint not null default 0      -- places given so far
) with (fillfactor = 50);
insert into trading_settlement (instrument) select instrument from trading_instrument;

-- The settlement day is the calendar's, in UTC, or this one if it is later.
create table settlement_day (
    one boolean primary key default true check (one),
    day date not null
);

-- What settled trades have left an account with: the fold of them in the order of their places.
create table position (
    instrument bigint not null,
    account    bigint not null,
    quantity   bigint not null,               -- bought less sold
    cost       bigint not null,               -- of that quantity, minor units
    realized   bigint not null,
    fees       bigint not null,
    place      bigint not null,               -- of the last trade in it, or of the last change to one of its trades
    primary key (instrument, account)
) with (fillfactor = 70);
create index position_account on position (account, instrument);
