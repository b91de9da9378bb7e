package io.partita.member.streams;

import io.partita.marketdata.bars.AdjustedSeries;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.CorporateAction;
import io.partita.marketdata.bars.Ratio;
import io.partita.marketdata.bars.TradeBar;
import io.partita.member.trading.Listing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Bars as if nothing had been split or paid out, up to the newest bar that there is: so pages fit each other. Thread-safe. */
final class AdjustedBars {

    private final BarHistory history;
    private final CorporateActions actions;

    /** A bar beside what has become of it. */
    record Adjusted(TradeBar bar, AdjustedSeries.Factors factors) {

        /** A price of then as of now, both in ticks; rounded once, half to even. */
        BigDecimal price(long ticks, int decimals) {
            return factors.price().of(BigDecimal.valueOf(ticks), decimals);
        }

        /** Volume-weighted average price, in ticks. */
        BigDecimal vwap(int decimals) {
            return new Ratio(factors.price().over().multiply(bar.turnover()), factors.price().under().multiply(BigInteger.valueOf(bar.volume())))
                    .of(BigDecimal.ONE, decimals);
        }

        /** Shares of then as of now, whole ones. */
        long shares(long units) {
            return factors.shares().of(BigDecimal.valueOf(units), 0).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
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
        NavigableMap<Long, BigDecimal> closes = new TreeMap<>();
        bars.forEach(bar -> closes.put(bar.start(), BigDecimal.valueOf(bar.close())));
        // Of later bars those matter that an action counts from.
        List<Long> later = all.stream().map(CorporateAction::from).filter(from -> from > closes.lastKey()).toList();
        boolean whole = page.whole();
        if (!later.isEmpty()) {
            BarHistory.Series after = history.after(listing.instrument(), size, later.getFirst(), later);
            after.bars().forEach(bar -> closes.put(bar.start(), BigDecimal.valueOf(bar.close())));
            whole &= after.whole();
        }
        NavigableMap<Long, AdjustedSeries.Factors> factors = AdjustedSeries.of(closes, all);
        return new Series(bars.stream().map(bar -> new Adjusted(bar, factors.get(bar.start()))).toList(), whole);
    }
}
