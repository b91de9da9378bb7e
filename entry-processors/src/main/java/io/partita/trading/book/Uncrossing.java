package io.partita.trading.book;

import io.partita.trading.StepTable;

/**
 * The one price of an auction: the most volume, then the least imbalance, then nearest to the reference, then the higher. Looked for
 * among the prices of all orders, and the reference price itself.
 */
final class Uncrossing {

    private final BookState state;
    private long anchor;
    private long price;
    private long volume;
    private long imbalance;

    Uncrossing(BookState state) {
        this.state = state;
    }

    /** 0 for none. */
    long price() {
        return price;
    }

    long volume() {
        return volume;
    }

    /** Looks at each price once, from the lowest up. */
    void find() {
        price = 0;
        volume = 0;
        imbalance = 0;
        anchor = state.reference > 0 ? state.reference : state.last;
        Ladder buyers = state.book[BookState.BUY];
        Ladder sellers = state.book[BookState.SELL];
        if (buyers.best() == 0 || sellers.best() == 0) {
            return;
        }
        StepTable ticks = state.instrument.ticks();
        long own = anchor > 0 && anchor <= state.instrument.maxPrice() && ticks.fits(anchor, anchor) ? anchor : Long.MAX_VALUE;
        long demand = 0;
        for (int level = buyers.best(); level != 0; level = buyers.worse(level)) {
            demand += buyers.quantity(level);
        }
        long supply = 0;
        int bid = buyers.worst();
        int offer = sellers.best();
        if (sellers.price(offer) == 0) {
            supply = sellers.quantity(offer);
            offer = sellers.worse(offer);
        }
        while (true) {
            long bidPrice = bid == 0 || buyers.price(bid) > state.instrument.maxPrice() ? Long.MAX_VALUE : buyers.price(bid);
            long offerPrice = offer == 0 ? Long.MAX_VALUE : sellers.price(offer);
            long next = Math.min(own, Math.min(bidPrice, offerPrice));
            if (next == Long.MAX_VALUE) {
                return;
            }
            if (next == offerPrice) {
                supply += sellers.quantity(offer);
                offer = sellers.worse(offer);
            }
            consider(next, demand, supply);
            if (next == bidPrice) {
                demand -= buyers.quantity(bid);
                bid = buyers.better(bid);
            }
            own = next == own ? Long.MAX_VALUE : own;
        }
    }

    private void consider(long candidate, long demand, long supply) {
        long traded = Math.min(demand, supply);
        if (traded == 0 || traded < volume) {
            return;
        }
        long left = Math.abs(demand - supply);
        boolean better = traded > volume || left < imbalance
                || left == imbalance && (anchor == 0 || Math.abs(candidate - anchor) <= Math.abs(price - anchor));
        if (better) {
            price = candidate;
            volume = traded;
            imbalance = left;
        }
    }
}
