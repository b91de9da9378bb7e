-- Who did what, and what was denied: one event after the other, each with the hash over itself and the one before. See docs/access.md.
create table audit_event (
    sequence    bigint primary key,
    at          timestamptz not null,
    member      text not null,
    who         text,                    -- null: nobody known
    session     text,                    -- the session or key by which they asked
    address     text not null,
    method      text not null,           -- of HTTP, or FIX, WS, MEMBER
    path        text not null,           -- the address as the table of access has it, not as it was asked
    subject     text not null,           -- what stood in its variables
    status      int not null,
    code        text,                    -- of the problem, if it was not done
    correlation text not null,
    hash        bytea not null check (length(hash) = 32)
);
create index audit_event_who on audit_event (who, sequence desc);
create index audit_event_at on audit_event using brin (at);

-- Where the chain ends: one row, which serializes those who append.
create table audit_head (
    one      boolean primary key default true check (one),
    sequence bigint not null,
    hash     bytea not null
);
insert into audit_head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Not by mistake, either: nobody who has this user's password needs to be stopped by it, and the chain tells of them.
create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'events of the audit trail are neither changed nor taken away';
end $$;
create trigger audit_stays before update or delete or truncate on audit_event for each statement execute function audit_stays();
