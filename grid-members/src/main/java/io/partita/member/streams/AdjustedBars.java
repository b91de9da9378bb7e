package io.partita.member.streams;

import io.partita.indicators.Candle;
import io.partita.marketdata.bars.AdjustedSeries;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.CorporateAction;
import io.partita.marketdata.bars.TradeBar;
import io.partita.member.trading.Listing;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Bars as if nothing had been split or paid out, up to the newest bar that there is: so pages fit each other. Thread-safe. */
final class AdjustedBars {

    private final BarHistory history;
    private final CorporateActions actions;

    /** A bar beside what has become of it; prices of both are ticks. */
    record Adjusted(TradeBar bar, Candle candle) {

        double price() {
            return candle.close() / bar.close();
        }

        double shares() {
            return candle.volume() / bar.volume();
        }
    }

    /** @param whole false if the archive could not be asked */
    record Series(List<Adjusted> bars, boolean whole) {
    }

    AdjustedBars(BarHistory history, CorporateActions actions) {
        this.history = history;
        this.actions = actions;
    }

    /** @throws org.jdbi.v3.core.JdbiException if the database is away */
    Series of(Listing listing, BarSize size, BarHistory.Series page) {
        List<TradeBar> bars = page.bars();
        if (bars.isEmpty()) {
            return new Series(List.of(), page.whole());
        }
        List<CorporateAction> all = actions.of(listing.instrument(), CorporateActions.MOST).stream().map(action -> action.inTicks(listing.priceScale())).toList();
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        bars.forEach(bar -> candles.put(bar.start(), bar.candle(1)));
        // Of later bars those matter that an action counts from.
        List<Long> later = all.stream().map(CorporateAction::from).filter(from -> from > candles.lastKey()).toList();
        boolean whole = page.whole();
        if (!later.isEmpty()) {
            BarHistory.Series after = history.after(listing.instrument(), size, later.getFirst(), later);
            after.bars().forEach(bar -> candles.put(bar.start(), bar.candle(1)));
            whole &= after.whole();
        }
        NavigableMap<Long, Candle> adjusted = AdjustedSeries.of(candles, all);
        return new Series(bars.stream().map(bar -> new Adjusted(bar, adjusted.get(bar.start()))).toList(), whole);
    }
}
