-- Books of one security share its unit, and so what accounts hold of it. See docs/trading.md.

alter table trading_instrument
    add column security bigint references trading_instrument,   -- of which it is a further book; none of the first one
    add column line smallint not null default 0 check (line between 0 and 4095),
    drop constraint trading_instrument_unit,
    add constraint trading_instrument_line unique (unit, line);
