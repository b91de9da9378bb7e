-- FIX sessions, and what they have ordered and been told. See docs/trading.md.

create table fix_session (
    number      integer generated always as identity primary key,   -- the session of an order in its book
    name        text not null unique,           -- our comp id > theirs
    epoch       integer not null default 0,     -- raised by every logon; what an earlier connection has under way is refused
    owner       text,                           -- the member that it is connected to; null when it is not, and nothing is left to do about that
    next_sender integer not null default 1,
    next_target integer not null default 1,
    created     timestamptz not null default now()
) with (fillfactor = 50);

-- What was sent, for whoever asks for it again; ends with a reset of the sequence numbers.
create table fix_message (
    session  integer not null,
    sequence integer not null,
    message  text not null,
    primary key (session, sequence)
);

-- Every ClOrdID that was used, before its command goes to the book.
create table fix_request (
    session    integer not null,
    cl_ord_id  text not null,
    command    bigint not null,     -- the id of the command
    kind       char(1) not null,    -- MsgType
    origin     text,                -- OrigClOrdID
    instrument bigint not null,
    order_id   bigint,              -- in its book, once it is known
    account    bigint not null,
    terms      integer not null,    -- side, type and time in force as a book has them
    primary key (session, cl_ord_id)
);
create unique index fix_request_command on fix_request (session, command);
create index fix_request_instrument on fix_request (instrument);

-- An order as its session has been told of it.
create table fix_order (
    session    integer not null,
    instrument bigint not null,
    order_id   bigint not null,
    cl_ord_id  text not null,       -- of the last change that was accepted
    account    bigint not null,
    terms      integer not null,
    price      bigint not null,     -- ticks
    quantity   bigint not null,
    filled     bigint not null,
    notional   bigint not null,     -- of what is filled: ticks times units
    status     char(1) not null,    -- OrdStatus
    primary key (session, instrument, order_id)
);

-- Durable reports of books on orders of sessions; deleted once they are told.
create table fix_report (
    instrument bigint not null,
    sequence   bigint not null,     -- of the report in its book
    session    integer not null,
    report     bytea not null,
    primary key (instrument, sequence)
);
create index fix_report_session on fix_report (session, instrument, sequence);

-- Up to which report a book's have been looked through.
create table fix_book (
    instrument bigint primary key,
    reported   bigint not null
);

-- Up to which report of a book a session has been told.
create table fix_told (
    session    integer not null,
    instrument bigint not null,
    reported   bigint not null,
    primary key (session, instrument)
);
