-- The order journal: what every book has been told, in order. See docs/trading.md.

create table trading_instrument (
    instrument  bigint primary key,
    symbol      text not null unique,
    currency    char(3) not null,       -- of prices
    price_scale smallint not null,      -- a price of n ticks is n / 10^price_scale of the currency
    rules       bytea not null,         -- how it is traded, as the books encode it
    listed_at   timestamptz not null default now()
);

-- The head of each book's journal; its row is locked only while a group of commands is committed.
create table trading_book (
    instrument bigint primary key references trading_instrument,
    epoch      integer not null default 0,  -- raised by whoever is to serve the book; what an earlier owner has under way is refused
    owner      text,
    sequence   bigint not null default 0,   -- commands in the journal
    hash       bigint not null              -- of the book after them
) with (fillfactor = 50);

create table trading_command (
    instrument bigint not null,
    first      bigint not null,             -- sequence of the first command of the piece, dense
    last       bigint not null,
    hash       bigint not null,             -- of the book after the last one
    commands   bytea not null,
    primary key (instrument, first)
);

create table trading_snapshot (
    instrument bigint not null,
    sequence   bigint not null,
    state      bytea not null,
    taken_at   timestamptz not null default now(),
    primary key (instrument, sequence)
);
