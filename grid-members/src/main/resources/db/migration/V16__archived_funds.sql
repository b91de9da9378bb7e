-- What archived transfers had brought to trading accounts, and taken from them, otherwise than by trades: buying power rests on it long after
-- the transfers are gone from the journal. RiskTables adds what is still there.
create table trading_archived_funds (
    account bigint primary key,             -- of the ledger
    amount  bigint not null                 -- of its currency or unit
);

-- Whether a transfer is by what a trade was settled, set aside or posted as it was made, so that executions tell of it: see TradeTransferIds
-- (the letters trad, revision 0, the first three steps). Busts and corrections are not among them.
create function trading_by_trade(id uuid) returns boolean language sql immutable as $$
    select id::text like '74726164-%' and substr(id::text, 32, 3) = '000' and substr(id::text, 35, 1) in ('0', '1', '2')
$$;

-- The legs as ledger_leg has them. Ids of trading accounts' ledger accounts begin behind those of the venue's: see LedgerAccounts.
create function trading_keep_archived_funds() returns trigger language plpgsql as $$
begin
    insert into trading_archived_funds as f (account, amount)
    select leg.account, sum(leg.amount)
      from (select debit_account as account, id, case when kind = 1 then -amount else released - amount end as amount from archived
             union all
            select credit_account, id, case when kind = 1 then 0 else amount end from archived) leg
     where leg.account > 4611686018427420671 and not trading_by_trade(leg.id)
     group by leg.account
    on conflict (account) do update set amount = f.amount + excluded.amount;
    return null;
end
$$;

-- Nothing but the archive takes transfers away.
create trigger ledger_transfer_archived_funds after delete on ledger_transfer referencing old table as archived
    for each statement execute function trading_keep_archived_funds();
