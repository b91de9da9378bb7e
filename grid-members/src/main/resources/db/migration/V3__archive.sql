-- Closed periods of the journal that were written to files and purged. See docs/proofs.md.

create table ledger_archive (
    from_position bigint primary key,
    to_position   bigint not null unique,  -- where a batch began, or the journal ended
    file          text not null,           -- name within the folder of archives
    bytes         bigint not null,
    sha256        bytea not null,          -- of the file
    transfers     bigint not null,
    booked_until  bigint not null,         -- booking time of the last batch, microseconds since the epoch
    kept_pendings bigint not null,         -- transfers below to_position that are still pending, whose rows stay
    archived_at   timestamptz not null default now()
);

-- Ids of purged transfers: they stay taken, and a repeat still gets its first result.
create table ledger_purged_id (
    id              uuid primary key,
    digest          bytea not null,        -- of what the client asked for, 16 bytes
    position        bigint not null,
    debit_sequence  bigint not null,
    credit_sequence bigint not null,
    booked_at       bigint not null
);

-- What the client asked for, as text; PurgedTransfers.digest makes the same of a request. Kinds 2 to 5 take accounts and
-- amount from the transfer that they relate to.
create function ledger_request_digest(t ledger_transfer) returns bytea language sql immutable as $$
    select substring(sha256(convert_to(concat_ws('|', t.kind, coalesce(t.relates_to::text, ''), t.code,
        coalesce((t.value_date - date '1970-01-01')::text, ''), coalesce(t.expires_at::text, ''),
        case when t.kind between 2 and 5 then '' else concat_ws(',', t.debit_account, t.credit_account, t.amount, t.currency) end,
        coalesce(t.reference, '')), 'UTF8')) for 16)
$$;

-- The journal's own unique index no longer knows purged ids. The trigger that calls this is made by the first purge, so that
-- a journal without one pays nothing.
create function ledger_refuse_purged() returns trigger language plpgsql as $$
begin
    if exists (select 1 from booked join ledger_purged_id using (id)) then
        raise unique_violation using message = 'an id of the batch belongs to an archived transfer';
    end if;
    return null;
end
$$;
