-- Archived transfers can be reversed by reference, on any member: what a reversal needs of its original stays in the database.
-- Absent from what was archived before; such a transfer is refused as unknown, as it was until now.
alter table ledger_purged_id
    add column kind           smallint,
    add column debit_account  bigint,
    add column credit_account bigint,
    add column amount         bigint,
    add column currency       char(3),
    add column relates_to     uuid;

-- What ledger_transfer_resolved and ledger_transfer_reversed are for rows that are still there: one end, one reversal.
create unique index ledger_purged_id_relates_to on ledger_purged_id (relates_to, (kind = 5)) where kind between 2 and 5;

-- The journal's own unique indexes no longer know what was purged; see V3 for when this is called.
create or replace function ledger_refuse_purged() returns trigger language plpgsql as $$
begin
    if exists (select 1 from booked join ledger_purged_id using (id)) then
        raise unique_violation using message = 'an id of the batch belongs to an archived transfer';
    end if;
    if exists (select 1 from booked where kind between 2 and 5) and exists (
            select 1 from booked b join ledger_purged_id p on p.relates_to = b.relates_to and (p.kind = 5) = (b.kind = 5)
             where b.kind between 2 and 5 and p.kind between 2 and 5) then
        raise unique_violation using message = 'an archived transfer has reversed or ended what one of the batch reverses or ends';
    end if;
    return null;
end
$$;
