-- Alert rules that people write. See docs/anomalies.md.

-- Higher with each change of any rule, so that the newer of two states is known.
create sequence alert_rule_version;

create table alert_rule (
    rule        text primary key,
    version     bigint not null,
    condition   text not null,                -- in CEL
    bar_size    text not null,
    instruments bigint[] not null,            -- none: all
    severity    text not null,
    enabled     boolean not null,
    description text,
    actor       text not null,                -- who changed it last
    changed_at  timestamptz not null default now()
);
