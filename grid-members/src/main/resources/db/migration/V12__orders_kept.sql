-- For how long FIX sessions' ClOrdIDs, orders and messages are kept. See docs/trading.md.

alter table fix_request add column noted_at timestamptz not null default now();
create index fix_request_noted on fix_request (noted_at);

alter table fix_order add column changed_at timestamptz not null default now();
create index fix_order_changed on fix_order (changed_at) where status not in ('0', '1');

alter table fix_message add column sent_at timestamptz not null default now();
create index fix_message_sent on fix_message (sent_at);

-- Orders that were routed over several books, and what was sent for each, kept before it is sent: a repeat sends the same once more.
create table trading_route (
    account bigint not null,
    id      bigint not null,    -- chosen by the account
    request text not null,
    primary key (account, id)
);
create table trading_route_leg (
    account    bigint not null,
    id         bigint not null,
    leg        integer not null,
    instrument bigint not null,
    price      bigint not null, -- ticks
    quantity   bigint not null,
    primary key (account, id, leg)
);
