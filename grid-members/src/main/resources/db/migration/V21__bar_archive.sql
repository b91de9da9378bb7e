-- Bars for good, days in figures, and what companies did to their shares. See docs/streams.md.

-- Prices are ticks. A partition for each month is made when its first bar comes (MonthPartitions); a month is dropped with its partition.
create table bar_archive (
    instrument bigint      not null,
    bar_size   text        not null,
    start_time timestamptz not null,
    open       bigint      not null,
    high       bigint      not null,
    low        bigint      not null,
    close      bigint      not null,
    volume     bigint      not null,
    turnover   numeric     not null,          -- ticks times units
    trades     bigint      not null,
    bought     bigint      not null,
    sold       bigint      not null,
    revision   integer     not null,
    primary key (instrument, bar_size, start_time)
) partition by range (start_time);
create index bar_archive_time on bar_archive using brin (start_time);

-- A day of UTC over all sources, from its bar and its minutes.
create table market_day (
    instrument bigint  not null,
    day        date    not null,
    open       bigint  not null,
    high       bigint  not null,
    low        bigint  not null,
    close      bigint  not null,
    volume     bigint  not null,
    turnover   numeric not null,
    trades     bigint  not null,
    bought     bigint  not null,
    sold       bigint  not null,
    minutes    integer not null,              -- that had trades
    variance   double precision,              -- the sum of squared logarithmic returns from minute to minute; null with fewer than two of them
    busiest    timestamptz,                   -- the minute with the largest volume, the first of several; null without minutes
    primary key (instrument, day)
) partition by range (day);
create index market_day_time on market_day using brin (day);

create table corporate_action (
    action     bigint generated always as identity primary key,
    instrument bigint      not null,
    from_time  timestamptz not null,          -- counts from the bar on that begins then, or the next one there is
    now_shares bigint,                        -- a split: so many shares
    old_shares bigint,                        -- for so many
    amount     numeric,                       -- a dividend: of the currency, for each share as it was then
    actor      text        not null,
    entered_at timestamptz not null default now(),
    check ((amount is null) = (now_shares is not null and old_shares is not null)),
    unique nulls not distinct (instrument, from_time, now_shares, old_shares, amount)
);
