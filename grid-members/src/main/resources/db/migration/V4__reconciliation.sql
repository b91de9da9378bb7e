-- One row for each leg of each transfer, with the sequence, position and time that its batch was given. A condition on
-- the account reaches the index of either side; what is not asked for is not computed. Every fold of the journal reads this.
create view ledger_leg as
    select t.debit_account as account, t.credit_account as counter_account, t.debit_shard as shard, 0::smallint as side,
           b.firsts[array_position(b.shards, t.debit_shard)] + t.debit_ordinal as sequence,
           b.position + t.index as position, b.booked_at, t.batch, b.position as batch_position, t.index, t.id, t.kind,
           case when t.kind = 1 then 0 else t.amount end as posted,
           case when t.kind = 1 then t.amount else -t.released end as pending,
           t.currency, t.code, t.reference, t.relates_to, t.expires_at, t.value_date,
           coalesce(t.value_date, (timestamp '1970-01-01' + b.booked_at * interval '1 microsecond')::date) as effective_date
      from ledger_transfer t join ledger_batch b on b.batch = t.batch
    union all
    select t.credit_account, t.debit_account, t.credit_shard, 1::smallint,
           b.firsts[array_position(b.shards, t.credit_shard)] + t.credit_ordinal,
           b.position + t.index, b.booked_at, t.batch, b.position, t.index, t.id, t.kind,
           case when t.kind = 1 then 0 else t.amount end,
           case when t.kind = 1 then t.amount else -t.released end,
           t.currency, t.code, t.reference, t.relates_to, t.expires_at, t.value_date,
           coalesce(t.value_date, (timestamp '1970-01-01' + b.booked_at * interval '1 microsecond')::date)
      from ledger_transfer t join ledger_batch b on b.batch = t.batch;

-- Part of a name: trigrams, because an index by prefix cannot answer it. The collation folds the letters of all scripts,
-- whatever the locale of the database.
create extension if not exists pg_trgm;
create index ledger_account_name_part on ledger_account using gin (lower(name collate "pg_c_utf8") gin_trgm_ops);
drop index ledger_account_name;

-- Internal reconciliation: the journal folded again and compared with everything that was derived from it.
create table reconciliation_run (
    run         uuid primary key,
    status      text not null check (status in ('RUNNING', 'CLEAN', 'BROKEN', 'FAILED')),
    cause       text not null,            -- REQUEST or SCHEDULE
    started_at  timestamptz not null,
    updated_at  timestamptz not null,     -- a run that is silent for long died with its member
    finished_at timestamptz,
    size        bigint not null default 0,  -- entries of the journal that are folded
    entries     bigint not null default 0,  -- how many of them are folded so far, all passes together
    passes      integer not null default 1, -- the journal is read once for each group of shards
    shards      integer not null default 0, -- shards compared so far
    accounts    bigint not null default 0,
    comparisons bigint not null default 0,
    breaks      bigint not null default 0,
    detail      text
);
create index reconciliation_run_started on reconciliation_run (started_at);
create unique index reconciliation_run_one on reconciliation_run (status) where status = 'RUNNING';

create table reconciliation_break (
    run      uuid not null references reconciliation_run on delete cascade,
    number   integer not null,
    reason   text not null,
    account  bigint,
    shard    smallint,
    sequence bigint,
    field    text,
    expected text,                        -- what the journal says
    found    text,
    primary key (run, number)
);

-- External reconciliation: a statement from outside against the entries of one account.
create table statement_file (
    file       uuid primary key,
    account    bigint not null,
    hash       bytea not null,            -- SHA-256 of the bytes: the same file for the same account is one file
    name       text not null,
    tolerance  integer not null,          -- days by which dates may differ
    loaded_at  timestamptz not null,
    matched_at timestamptz not null,
    unique (account, hash)
);

-- One row for each line of the file, and one for each journal entry of its period that no line accounts for.
create table statement_item (
    file        uuid not null references statement_file on delete cascade,
    number      integer not null,
    line        integer,                  -- line of the file; null for a journal entry without a line
    result      text not null check (result in ('MATCHED', 'UNMATCHED', 'BROKEN', 'MALFORMED')),
    reason      text not null,
    date        date,
    amount      bigint,                   -- minor units; positive when it increases the balance
    currency    char(3),
    reference   text not null,
    description text not null,
    positions   bigint[] not null,        -- the journal entries that it was compared with
    detail      text not null,
    primary key (file, number)
);
create index statement_item_result on statement_item (file, result, number);

-- The children of an account, page by page.
create index ledger_account_children on ledger_account (parent, account);
drop index ledger_account_parent;
