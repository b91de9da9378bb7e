-- Marking of portfolios asks a few times a second which prices have come. See docs/pnl.md.
create index daily_price_entered on daily_price using brin (entered_at) with (pages_per_range = 16);
