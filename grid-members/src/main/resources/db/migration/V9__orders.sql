-- Orders of trading accounts: limits, kill switches, and what became of every order. See docs/trading.md.

create table trading_limits (
    account           bigint primary key references trading_account,
    credit            bigint not null,      -- minor units
    max_position      bigint not null,
    max_short         bigint not null,
    concentration     integer not null,     -- ten-thousandths
    price_deviation   integer not null,     -- ten-thousandths
    max_quantity      bigint not null,
    max_notional      bigint not null,      -- minor units
    orders_per_second integer not null,
    market_margin     integer not null,     -- ten-thousandths
    restricted        bigint[] not null     -- instruments
);

-- Switches that are on, and everything that was ever done with them.
create table trading_switch (
    kind   text not null check (kind in ('ACCOUNT', 'FIRM', 'INSTRUMENT')),
    target text not null,
    primary key (kind, target)
);
create table trading_switch_event (
    event    bigint generated always as identity primary key,
    kind     text not null,
    target   text not null,
    engaged  boolean not null,
    flatten  boolean not null,
    actor    text not null,
    reason   text not null,
    at       timestamptz not null default now()
);
create index trading_switch_event_target on trading_switch_event (kind, target, event);

-- How far each book's reports have been taken into the two tables below, in the same commit.
create table trading_history (
    instrument bigint primary key,
    reported   bigint not null
) with (fillfactor = 50);

create table trading_order (
    instrument    bigint not null,
    order_id      bigint not null,          -- of the book
    account       bigint not null,
    side          smallint not null,
    terms         integer not null,         -- type, time in force and instructions, as the book encodes them
    command_id    bigint not null,          -- the id of the command that entered or last replaced it (ClOrdID)
    original_id   bigint not null,          -- of the one before that (OrigClOrdID); 0 for none
    price         bigint not null,          -- ticks
    quantity      bigint not null,
    leaves        bigint not null,
    filled        bigint not null,
    notional      numeric(40) not null,     -- of all trades, ticks times units
    status        text not null,
    reason        text,
    entered_at    bigint not null,          -- nanoseconds since 1970
    changed_at    bigint not null,
    reported      bigint not null,          -- the last report about it
    primary key (instrument, order_id)
) with (fillfactor = 70);
create index trading_order_account on trading_order (account, entered_at desc, instrument, order_id);
create index trading_order_open on trading_order (account, instrument) where leaves > 0;

create table trading_execution (
    instrument    bigint not null,
    sequence      bigint not null,          -- of the book's report
    order_id      bigint not null,
    account       bigint not null,
    command_id    bigint not null,          -- of the command that led to it, which may be another account's
    exec_type     text not null,
    status        text not null,
    reason        text,
    side          smallint not null,
    price         bigint not null,
    quantity      bigint not null,
    leaves        bigint not null,
    filled        bigint not null,
    last_price    bigint not null,
    last_quantity bigint not null,
    trade         bigint not null,
    liquidity     text,
    fee           bigint not null,          -- ticks times units
    cash          bigint not null,          -- what it adds to the account's cash, minor units
    at            bigint not null,          -- nanoseconds since 1970
    primary key (instrument, sequence)
);
create index trading_execution_order on trading_execution (instrument, order_id, sequence);
create index trading_execution_trades on trading_execution (account, instrument) include (side, last_quantity, cash) where exec_type = 'TRADE';
