-- What people keep for themselves, such as filters by name: any JSON, under a name of their own. See docs/security.md.

create table security_preference (
    owner      text        not null references security_identity on delete cascade,
    name       text        not null,
    value      text        not null,
    changed_at timestamptz not null,
    primary key (owner, name)
);
