-- Limits of risk and what becomes of those that are broken, margin accounts and calls, and counterparties. See docs/limits.md.

-- Amounts are minor units of the currency, concentrations ten-thousandths.
create table risk_limit (
    code         text primary key,
    scope        text        not null,      -- PORTFOLIO, ACCOUNT, COUNTERPARTY
    target       text        not null,
    measure      text        not null,
    currency     text        not null,
    soft         bigint      not null,
    hard         bigint      not null,
    method       text,                      -- these four of VALUE_AT_RISK and EXPECTED_SHORTFALL
    level        double precision,
    horizon      integer,
    history      integer,                   -- days
    holds        boolean     not null,      -- whether it stops orders
    actor        text        not null,
    entered_at   timestamptz not null,
    value        bigint,                    -- these four of the last evaluation
    left_out     integer,
    reason       text,                      -- why there is no value
    evaluated_at timestamptz
);

-- The terms are those by which it was broken last.
create table risk_breach (
    number            bigint generated always as identity primary key,
    code              text        not null,
    scope             text        not null,
    target            text        not null,
    measure           text        not null,
    currency          text        not null,
    soft              bigint      not null,
    hard              bigint      not null,
    method            text,
    level             double precision,
    horizon           integer,
    history           integer,
    holds             boolean     not null,
    is_hard           boolean     not null,
    was_hard          boolean     not null,
    value             bigint      not null,
    peak              bigint      not null,
    left_out          integer     not null,
    raised_at         timestamptz not null,
    escalated_at      timestamptz,
    acknowledged_by   text,
    acknowledged_note text,
    acknowledged_at   timestamptz,
    cleared_at        timestamptz
);
create unique index risk_breach_open on risk_breach (code) where cleared_at is null;

create table risk_breach_event (
    event   bigint generated always as identity primary key,
    breach  bigint      not null references risk_breach (number),
    kind    text        not null,           -- RAISED, ESCALATED, EASED, ACKNOWLEDGED, CLEARED
    is_hard boolean     not null,
    value   bigint      not null,
    actor   text,
    note    text,
    at      timestamptz not null
);
create index risk_breach_event_breach on risk_breach_event (breach, event);

-- Accounts whose positions may only get smaller, and those that are to hear that they may grow again.
create table risk_hold (
    account bigint  primary key,
    held    boolean not null,
    told    boolean not null
);
create index risk_hold_untold on risk_hold (account) where not told;

-- When somebody last began with what one member does at a time.
create table risk_run (
    name       text primary key,
    started_at timestamptz not null
);

create table margin_account (
    account            bigint primary key,
    currency           text        not null,
    measure            text        not null,  -- VALUE_AT_RISK, EXPECTED_SHORTFALL
    method             text        not null,
    level              double precision not null,
    horizon            integer     not null,
    history            integer     not null,
    maintenance        integer     not null,  -- of the initial margin, ten-thousandths
    deadline_seconds   bigint      not null,
    smallest           bigint      not null,
    liquidates         boolean     not null,
    actor              text        not null,
    entered_at         timestamptz not null,
    settled            bigint      not null default 0,  -- gain that was settled
    collateral         bigint,                -- these of the last evaluation
    worth              bigint,
    variation          bigint,
    initial            bigint,
    maintenance_margin bigint,
    left_out           integer,
    reason             text,                  -- why nobody knows
    evaluated_at       timestamptz
);

create table margin_call (
    number      bigint generated always as identity primary key,
    account     bigint      not null,
    currency    text        not null,
    amount      bigint      not null,
    outstanding bigint      not null,
    status      text        not null,         -- ISSUED, PARTLY_MET, OVERDUE, LIQUIDATING, MET, CLOSED
    issued_at   timestamptz not null,
    deadline    timestamptz not null,
    attempt     integer     not null,
    ended_at    timestamptz
);
create unique index margin_call_open on margin_call (account) where ended_at is null;
create index margin_call_account on margin_call (account, number);

create table margin_call_event (
    event       bigint generated always as identity primary key,
    call        bigint      not null references margin_call (number),
    status      text        not null,
    outstanding bigint      not null,
    at          timestamptz not null
);
create index margin_call_event_call on margin_call_event (call, event);

-- Gains and losses that were paid; the id is the ledger's, too.
create table margin_settlement (
    id       uuid primary key,
    account  bigint      not null,
    currency text        not null,
    amount   bigint      not null,            -- to the account
    gain     bigint      not null,            -- that is settled with it
    against  bigint      not null,            -- the ledger account that pays, or is paid
    booked   boolean     not null,
    at       timestamptz not null
);
create unique index margin_settlement_pending on margin_settlement (account) where not booked;

create table counterparty (
    code     text primary key,
    name     text not null,
    currency text not null
);

create table netting_set (
    code         text primary key,
    counterparty text    not null references counterparty (code),
    enforceable  boolean not null,
    collateral   bigint  not null             -- held from the counterparty; less than 0 for what it holds
);

create table netting_account (
    account     bigint primary key,
    netting_set text not null references netting_set (code)
);
create index netting_account_set on netting_account (netting_set);
