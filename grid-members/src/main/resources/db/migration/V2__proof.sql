-- Evidence about the journal. See docs/proofs.md.

-- Public keys of all members that ever signed.
create table ledger_key (
    key_id     text primary key,
    public_key bytea not null,             -- X.509 SubjectPublicKeyInfo
    created_at timestamptz not null default now()
);

-- What members signed: one head for a size.
create table ledger_tree_head (
    size      bigint primary key,
    root      bytea not null,
    signed_at bigint not null,             -- microseconds since the epoch
    key_id    text not null references ledger_key,
    signature bytea not null
);

-- Roots of perfect subtrees of 2^level leaves, for levels 8, 16, 24 and so on; and the hashes of leaves whose rows were
-- purged but which lie beside leaves whose rows were not. Written after the commits, by whichever member comes first.
create table ledger_tile (
    level smallint not null,
    index bigint not null,
    hash  bytea not null,
    primary key (level, index)
);
