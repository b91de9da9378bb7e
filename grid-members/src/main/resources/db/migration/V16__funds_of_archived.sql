-- What came to trading accounts, and went, otherwise than by their trades counts for ever: in the journal and, once a closed period is
-- archived, by what is kept of it (since V15, which began to keep accounts and amounts). See docs/trading.md.

-- Whether a transfer brings a trade to the ledger as it was made: its id says so (the letters trad, revision 0; booked, set aside or posted).
create function trade_as_made(id uuid) returns boolean language sql immutable
    return id::text like '74726164-%' and substr(id::text, 32, 3) = '000' and substr(id::text, 35, 1) in ('0', '1', '2');

-- The others are few.
create index ledger_purged_id_funds_debit on ledger_purged_id (debit_account)
    where debit_account >= 4611686018427387904 and not trade_as_made(id);
create index ledger_purged_id_funds_credit on ledger_purged_id (credit_account)
    where credit_account >= 4611686018427387904 and not trade_as_made(id);

-- Busts and corrections count, and as trades do: what is set aside for somebody, or released, is theirs, or no longer theirs, at once. Other
-- credits count when they are posted, and debits when they are set aside. Accounts of trading are those from 2^62 on (LedgerAccounts).
create view trading_funds as
    select account, currency,
           case when side = 0 then -posted - pending when id::text like '74726164-%' then posted + pending else posted end as amount
      from (select account, side, currency, id, posted, pending from ledger_leg
            union all
            select p.debit_account, 0::smallint, p.currency, p.id, case when p.kind = 1 then 0 else p.amount end,
                   case when p.kind = 1 then p.amount
                        when p.kind between 2 and 4 then -coalesce((select o.amount from ledger_purged_id o where o.id = p.relates_to), 0) else 0 end
              from ledger_purged_id p
            union all
            select p.credit_account, 1::smallint, p.currency, p.id, case when p.kind = 1 then 0 else p.amount end,
                   case when p.kind = 1 then p.amount
                        when p.kind between 2 and 4 then -coalesce((select o.amount from ledger_purged_id o where o.id = p.relates_to), 0) else 0 end
              from ledger_purged_id p) leg
     where account >= 4611686018427387904 and not trade_as_made(id);

-- Trades that were undone and had never been in the ledger: nothing there takes back what they seemed to bring.
create index trade_never_booked_buyer on trade (buyer) where status = 5 and place is null and not set_aside;
create index trade_never_booked_seller on trade (seller) where status = 5 and place is null and not set_aside;
