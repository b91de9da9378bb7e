-- Products, daily prices, positions from elsewhere, portfolios, and positions at the start of a day. See docs/positions.md.

-- What can be held beside listed instruments; what a kind does not have is null.
create table product (
    symbol     text primary key,
    kind       text    not null,              -- EQUITY, CURRENCY_PAIR, BOND, FUTURE, OPTION, FX_FORWARD
    currency   text    not null,              -- that it is priced in
    base       text,                          -- of a pair or a forward
    underlying text,
    multiplier bigint,
    last_day   date,                          -- expiry, delivery or maturity
    strike     numeric,
    put_call   text,
    exercise   text,
    face       bigint,
    issued     date,
    percent    numeric,
    frequency  integer,
    day_count  text,
    actor      text        not null,
    entered_at timestamptz not null default now()
);

-- A corrected price is a new version; the old one stays. Symbols of six letters and a slash (EUR/USD) are rates.
create table daily_price (
    symbol     text    not null,
    day        date    not null,
    version    integer not null,              -- from 0
    open       numeric,
    high       numeric,
    low        numeric,
    close      numeric not null,
    volume     bigint,
    source     text    not null,
    import     text    not null,              -- which import brought it, and in which row
    row        bigint  not null,
    entered_at timestamptz not null default now(),
    primary key (symbol, day, version)
);
create index daily_rate on daily_price (symbol, day) where symbol like '___/___';

-- Opened elsewhere: each row is a lot that an account has.
create table external_position (
    import     text   not null,               -- chosen by whoever imports, as the row
    row        bigint not null,
    account    bigint not null,
    symbol     text   not null,
    day        date   not null,
    quantity   bigint not null,
    cost       bigint not null,               -- minor units of the product's currency; negative when short
    fee        bigint not null,
    entered_at timestamptz not null default now(),
    primary key (import, row)
);
create index external_position_account on external_position (account, symbol);

create table portfolio (
    code   text primary key,
    name   text not null,
    level  text not null,                     -- BOOK, DESK, FIRM
    parent text references portfolio,
    base   text not null
);
create table portfolio_account (
    account bigint primary key,
    book    text not null references portfolio
);
create index portfolio_account_book on portfolio_account (book);

-- What a portfolio held when a day began, by which the day's gain is explained. Never changed.
create table position_snapshot (
    portfolio text        not null,
    day       date        not null,
    taken_at  timestamptz not null default now(),
    primary key (portfolio, day)
);
create table position_snapshot_row (
    portfolio      text    not null,
    day            date    not null,
    account        bigint  not null,
    symbol         text    not null,
    quantity       bigint  not null,
    cost_local     bigint  not null,
    cost_base      bigint  not null,
    realized_local bigint  not null,
    realized_base  bigint  not null,
    realized_fx    bigint  not null,
    fees_local     bigint  not null,
    fees_base      bigint  not null,
    income_local   bigint  not null,
    income_base    bigint  not null,
    price          numeric,                   -- null if there was none
    price_day      date,
    price_version  integer,
    rate_times     numeric not null,          -- minor units of the base are minor units times this
    rate_over      numeric not null,          -- over this
    primary key (portfolio, day, account, symbol),
    foreign key (portfolio, day) references position_snapshot
);

-- What has another name since a day: positions of the former symbol are of the latter from then on.
create table symbol_change (
    old_symbol text primary key,
    new_symbol text        not null unique,
    day        date        not null,
    actor      text        not null,
    entered_at timestamptz not null default now(),
    check (old_symbol <> new_symbol)
);
