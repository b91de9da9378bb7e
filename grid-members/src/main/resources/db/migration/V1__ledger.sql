-- The ledger's durable truth. See docs/ledger.md for the protocol.

-- Which members may serve. A change is one compare-and-set on the term.
create table ledger_view (
    one         boolean primary key default true check (one),
    term        bigint not null,
    members     text[] not null,
    lease_until timestamptz not null,
    changed_at  timestamptz not null default now()
);

-- The head of the journal: one row, locked only across a commit. It orders all commits, so that positions,
-- shard sequences and the Merkle log grow together or not at all.
create table ledger_head (
    one       boolean primary key default true check (one),
    size      bigint   not null,  -- entries in the journal = leaves in the Merkle log
    sequences bigint[] not null,  -- last sequence of each shard; shard s is element s + 1
    frontier  bytea    not null,  -- roots of the perfect subtrees, left to right, 32 bytes each
    root      bytea    not null,
    fence     bigint   not null,  -- raised with every change of an epoch: a cached epoch is valid for one fence
    booked_at bigint   not null   -- booking time of the last batch, microseconds since the epoch
) with (fillfactor = 40);
alter table ledger_head alter column sequences set storage plain;
alter table ledger_head alter column frontier set storage plain;

insert into ledger_head values (true, 0, array_fill(0::bigint, array[256]), ''::bytea,
    '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, 0);

create table ledger_epoch (
    shard     smallint primary key,
    epoch     integer not null,
    owner     text,
    raised_at timestamptz not null default now()
);
insert into ledger_epoch (shard, epoch) select s, 0 from generate_series(0, 255) s;

-- For people: one row per shard.
create view ledger_shard as
    select e.shard, e.epoch, e.owner, h.sequences[e.shard + 1] as seq, e.raised_at
      from ledger_epoch e cross join ledger_head h;

create sequence ledger_batch_id increment 64;

create table ledger_batch (
    batch       bigint primary key,
    position    bigint not null unique,  -- position of the first entry
    entries     integer not null,        -- entries without the seal, which follows them
    booked_at   bigint not null,         -- microseconds since the epoch
    term        bigint not null,
    coordinator text not null,
    shards      smallint[] not null,     -- touched shards, ascending
    firsts      bigint[] not null,       -- the first sequence given in each
    counts      integer[] not null,      -- how many sequences in each
    root        bytea not null           -- Merkle root of the journal with this batch and its seal
);
create index ledger_batch_booked_at on ledger_batch (booked_at);

create table ledger_transfer (
    id             uuid not null primary key,
    batch          bigint not null,
    debit_account  bigint not null,
    credit_account bigint not null,
    amount         bigint not null check (amount >= 0),
    released       bigint not null check (released >= 0),
    relates_to     uuid,
    expires_at     bigint,               -- microseconds since the epoch
    index          integer not null,
    linked_to      integer not null,
    code           integer not null,
    debit_ordinal  integer not null,
    credit_ordinal integer not null,
    value_date     date,
    debit_shard    smallint not null,
    credit_shard   smallint not null,
    kind           smallint not null,
    currency       char(3) not null,
    reference      text                  -- null when empty
);
-- Cheap to keep at any rate of booking: a page range is skipped when its summary rules it out.
create index ledger_transfer_batch on ledger_transfer using brin (batch) with (pages_per_range = 16, autosummarize = on);
create index ledger_transfer_accounts on ledger_transfer using brin
    (debit_account int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01),
     credit_account int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01))
    with (pages_per_range = 32, autosummarize = on);
create index ledger_transfer_reference on ledger_transfer (reference) where reference is not null;
create index ledger_transfer_relates_to on ledger_transfer (relates_to) where relates_to is not null;
-- Post, void and expiry exclude each other; an original is reversed once.
create unique index ledger_transfer_resolved on ledger_transfer (relates_to) where kind in (2, 3, 4);
create unique index ledger_transfer_reversed on ledger_transfer (relates_to) where kind = 5;

create table ledger_account_change (
    id             uuid not null primary key,
    batch          bigint not null,
    account        bigint not null,
    index          integer not null,
    ordinal        integer not null,
    shard          smallint not null,
    event          smallint not null,    -- 1 opened, 2 limits, 3 status
    type           smallint,
    status         smallint,
    currency       char(3),
    parent         bigint,
    max_net_debit  bigint,
    max_net_credit bigint,
    name           text,
    reference      text,
    metadata       jsonb
);
create index ledger_account_change_batch on ledger_account_change (batch);
create index ledger_account_change_account on ledger_account_change (account);

-- Accounts as they are now, for search and for the chart of accounts; a fold of ledger_account_change.
create table ledger_account (
    account        bigint primary key,
    shard          smallint not null,
    type           smallint not null,
    status         smallint not null,
    currency       char(3) not null,
    parent         bigint not null,
    max_net_debit  bigint not null,
    max_net_credit bigint not null,
    name           text not null,
    reference      text not null,
    metadata       jsonb not null,
    opened_at      bigint not null
);
create index ledger_account_parent on ledger_account (parent);
create index ledger_account_name on ledger_account (lower(name) text_pattern_ops);
create index ledger_account_reference on ledger_account (reference text_pattern_ops) where reference <> '';

-- The state of a shard at a sequence: re-basing starts here.
create table ledger_checkpoint (
    shard      smallint not null,
    seq        bigint not null,
    position   bigint not null,          -- no entry of the shard from this position on is in the state
    state      bytea not null,
    retained   boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (shard, seq)
);
alter table ledger_checkpoint alter column state set storage external;
