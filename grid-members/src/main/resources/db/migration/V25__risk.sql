-- Scenarios that people made, and results of risk that are kept. See docs/stress.md and docs/risk.md.

create table stress_scenario (
    code       text primary key,
    name       text             not null,
    source     text             not null,     -- of its figures
    volatility double precision not null,     -- relative
    rate       double precision not null,     -- absolute
    deviations double precision,              -- null for none
    direction  text,                          -- AGAINST, UP, DOWN
    actor      text             not null,
    entered_at timestamptz      not null default now()
);
create table stress_shock (
    scenario text             not null references stress_scenario on delete cascade,
    number   integer          not null,
    scope    text             not null,       -- KIND, CURRENCY, SYMBOL
    subject  text             not null,
    move     double precision not null,       -- relative
    primary key (scenario, number)
);

-- Never changed. Doubles are kept as they are, so that a result can be compared to the last bit.
create table risk_result (
    portfolio          text             not null,
    id                 text             not null,  -- chosen by whoever asked for it
    base               text             not null,
    day                date             not null,
    method             text             not null,
    level              double precision not null,
    days               integer          not null,  -- of the window
    horizon            integer          not null,
    scenarios          integer          not null,
    seed               bigint           not null,
    rate               double precision not null,
    value_at_risk      double precision not null,
    expected_shortfall double precision not null,
    figures            text             not null,  -- SHA-256 of every number of the result
    inputs             text             not null,  -- SHA-256 of what it was made of
    symbols            text[]           not null,  -- factors and options, ascending
    digests            text[]           not null,  -- SHA-256 of the inputs of each
    engine             text             not null,
    version            text             not null,  -- of the code
    kept_at            timestamptz      not null default now(),
    primary key (portfolio, id)
);
create index risk_result_day on risk_result (portfolio, day, id);
