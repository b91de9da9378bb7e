-- Who trades, and the unit in which the ledger keeps each security. See docs/trading.md.

create table trading_account (
    number      bigint primary key check (number > 0),
    participant integer not null,
    firm        text not null,
    name        text not null,
    margin      boolean not null,           -- the ledger lets it owe
    opened_at   timestamptz not null default now()
);
create index trading_account_firm on trading_account (firm, number);

-- Of each security its own; the account currency of its holdings follows from it.
alter table trading_instrument add column unit smallint;
update trading_instrument i set unit = numbered.unit
  from (select instrument, row_number() over (order by listed_at, instrument) - 1 as unit from trading_instrument) numbered
 where numbered.instrument = i.instrument;
alter table trading_instrument alter column unit set not null,
    add constraint trading_instrument_unit unique (unit),
    add constraint trading_instrument_units check (unit between 0 and 9359);
