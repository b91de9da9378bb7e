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
    state        text,                      -- these five of the last evaluation: OK, SOFT, HARD, UNKNOWN
    value        bigint,
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
