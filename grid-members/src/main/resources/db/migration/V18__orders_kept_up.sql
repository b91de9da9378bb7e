-- What an account is made from does not grow with what it has done. See docs/trading.md.

-- As in V16, with where in the ledger it is.
create or replace view trading_funds as
    select account, currency,
           case when side = 0 then -posted - pending when id::text like '74726164-%' then posted + pending else posted end as amount,
           position, batch
      from (select account, side, currency, id, posted, pending, position, batch from ledger_leg
            union all
            select p.debit_account, 0::smallint, p.currency, p.id, case when p.kind = 1 then 0 else p.amount end,
                   case when p.kind = 1 then p.amount
                        when p.kind between 2 and 4 then -coalesce((select o.amount from ledger_purged_id o where o.id = p.relates_to), 0) else 0 end,
                   p.position, 9223372036854775807
              from ledger_purged_id p
            union all
            select p.credit_account, 1::smallint, p.currency, p.id, case when p.kind = 1 then 0 else p.amount end,
                   case when p.kind = 1 then p.amount
                        when p.kind between 2 and 4 then -coalesce((select o.amount from ledger_purged_id o where o.id = p.relates_to), 0) else 0 end,
                   p.position, 9223372036854775807
              from ledger_purged_id p) leg
     where account >= 4611686018427387904 and not trade_as_made(id);

-- What came to a trading account, and went, before a position in the ledger; the rest is summed up when the account is made.
create table trading_funds_kept (
    account    bigint primary key,            -- a trading account's number
    position   bigint not null,
    currencies text[] not null,
    amounts    bigint[] not null
);

-- What a trade adds to cash; null where that is out of range: only an order that went past risk can be so large.
alter table trading_execution alter column cash drop not null;

-- What the executions of an account add up to, in the commit that adds them. Without cash: it is out of range.
create table trading_traded (
    account    bigint not null,
    instrument bigint not null,
    cash       numeric,
    units      numeric not null,
    primary key (account, instrument)
) with (fillfactor = 50);
insert into trading_traded
select account, instrument, sum(cash), sum(case when side = 0 then last_quantity else -last_quantity end)
  from trading_execution where exec_type = 'TRADE' group by account, instrument;
drop index trading_execution_trades;
create index trading_traded_instrument on trading_traded (instrument, account);

-- What became of a command, whenever it was.
create index trading_order_command on trading_order (account, command_id);

-- What a kill switch was turned with, if whoever did it chose an id, and what came of it, for whoever repeats it.
alter table trading_switch_event
    add column command          bigint,
    add column cancelled        bigint,       -- null until all that could be done is done
    add column open             bigint,
    add column closed           integer,
    add column left_accounts    bigint[],
    add column left_instruments bigint[],
    add column left_units       bigint[];
create unique index trading_switch_event_command on trading_switch_event (command) where command is not null;

-- Children whose answer was lost.
create index trading_algorithm_child_open on trading_algorithm_child (account, id) where order_id is null;

-- Trades that wait, book by book, as they are due.
create index trade_waiting on trade (instrument, status, due, number) where status in (1, 2);
