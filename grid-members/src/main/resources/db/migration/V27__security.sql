-- Who there is, what they may do, and what they asked for. See docs/security.md. No secret is here in clear: passwords are Argon2id, keys and tokens are
-- SHA-256 of random secrets, and what must be read again (bytea, except hashes and public keys) is AES-256-GCM under a key of security_data_key.

create table security_identity (
    name               text primary key,
    kind               text        not null,               -- USER, SERVICE
    roles              text[]      not null,
    accounts           bigint[],                           -- null: all
    enabled            boolean     not null,
    full_name          bytea,
    email              bytea,
    password           text,                               -- null of services
    must_change        boolean     not null,
    second_factor      bytea,
    second_factor_on   boolean     not null default false, -- false while it is being enrolled
    second_factor_used bigint      not null default 0,     -- the counter of the last code that was taken
    created_at         timestamptz not null,
    created_by         text        not null,
    signed_in_at       timestamptz
);

create table security_recovery_code (
    name    text        not null references security_identity,
    hash    bytea       not null,
    used_at timestamptz,
    primary key (name, hash)
);

-- Failures in a row, also of names that nobody has: whoever tries names must not learn which exist.
create table security_lock (
    name     text primary key,
    failures integer     not null,
    until    timestamptz not null,
    at       timestamptz not null
);

create table security_key (
    id         text primary key,
    owner      text        not null references security_identity,
    name       text        not null,
    hash       bytea       not null,
    scopes     text[]      not null,
    created_at timestamptz not null,
    created_by text        not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    successor  text                                        -- the key that it was rotated to
);
create index security_key_owner on security_key (owner);

-- A session is a family of refresh tokens: each is used once, and using one again ends the session.
create table security_session (
    id           uuid primary key,
    name         text        not null references security_identity,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    refreshed_at timestamptz not null,
    refreshes    integer     not null default 0,
    address      text        not null,
    agent        text        not null,
    revoked_at   timestamptz,
    revoked_why  text
);
create index security_session_name on security_session (name);
create index security_session_expires on security_session (expires_at);

create table security_refresh (
    hash    bytea primary key,
    session uuid        not null references security_session on delete cascade,
    used_at timestamptz
);
create index security_refresh_session on security_refresh (session);

create table security_signing_key (
    id         text primary key,
    public     bytea       not null,                       -- X.509
    secret     bytea       not null,                       -- PKCS #8, encrypted
    created_at timestamptz not null,
    retired_at timestamptz                                 -- signs no more; verifies for a while
);

create table security_data_key (
    number     integer generated always as identity primary key,
    master     text        not null,                       -- which master key wraps it
    wrapped    bytea       not null,
    created_at timestamptz not null
);

create table security_approval (
    id         uuid primary key,
    kind       text        not null,
    subject    text        not null,
    payload    text        not null,
    maker      text        not null,
    asked_at   timestamptz not null,
    state      text        not null,
    checker    text,
    decided_at timestamptz,
    reason     text,
    outcome    text
);
create index security_approval_state on security_approval (state, asked_at);

-- What members keep in memory of the above is dropped when it is named here. The row is locked by whoever adds, so that numbers appear in order.
create table security_version (
    number bigint not null
);
insert into security_version values (0);
create table security_change (
    number  bigint primary key,
    subject text        not null,
    at      timestamptz not null
);
