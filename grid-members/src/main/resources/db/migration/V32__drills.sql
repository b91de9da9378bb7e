-- Drills that were asked for, and what came of them: every member can tell of each, and at most one goes on.
create table drill_run (
    id           uuid primary key,
    drill        text        not null,
    transport    text        not null,
    members      integer     not null,
    seconds      integer     not null,
    rate         integer     not null,
    seed         bigint      not null,
    asked_by     text        not null,
    member       text        not null,             -- on whose machine it runs
    state        text        not null,
    started_at   timestamptz not null default now(),
    alive_at     timestamptz not null default now(), -- when its member was heard of last
    ended_at     timestamptz,
    cancelled_by text,
    progress     text        not null default '{}',
    sentence     text,
    report_html  text,
    report_json  text
);
create unique index drill_run_alone on drill_run ((true)) where ended_at is null;
create index drill_run_started on drill_run (started_at);

-- What it said while it ran.
create table drill_line (
    run     uuid    not null references drill_run on delete cascade,
    number  integer not null,
    message text    not null,
    primary key (run, number)
);
