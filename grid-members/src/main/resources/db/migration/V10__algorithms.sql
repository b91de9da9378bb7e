-- Execution algorithms: parent orders and their children. See docs/trading.md.

create table trading_algorithm (
    account       bigint not null,
    id            bigint not null,            -- chosen by the account
    instrument    bigint not null,
    side          smallint not null,
    quantity      bigint not null,
    price_limit   bigint not null,            -- ticks, 0 for none
    algorithm     smallint not null,
    starts        bigint not null,            -- nanoseconds since 1970
    ends          bigint not null,
    slices        integer not null,
    weights       integer[] not null,
    participation integer not null,           -- ten-thousandths
    urgency       integer not null,           -- tenths
    lot           bigint not null,
    status        text not null,              -- RUNNING, DONE, EXPIRED, CANCELED
    reason        text,                       -- why the last child did not trade
    filled        bigint not null default 0,
    notional      numeric(40) not null default 0, -- ticks times units
    arrival       bigint not null default 0,  -- the price when it began, 0 for none
    volume_seen   bigint,                     -- of the session, when it was last looked at
    volume        bigint not null default 0,  -- of the market since the start
    primary key (account, id)
) with (fillfactor = 70);
create index trading_algorithm_running on trading_algorithm (account, id) where status = 'RUNNING';

-- A child is here before it goes to its book, so that whoever goes on after a failover sends it again under the same id.
create table trading_algorithm_child (
    account    bigint not null,
    id         bigint not null,
    slice      integer not null,
    command_id bigint not null,
    quantity   bigint not null,
    order_id   bigint,                        -- null until the book has answered, 0 if it never had it
    filled     bigint not null default 0,
    reason     text,
    primary key (account, id, slice)
);
