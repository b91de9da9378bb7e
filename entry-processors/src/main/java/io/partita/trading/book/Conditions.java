package io.partita.trading.book;

import io.partita.trading.ExecType;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Terms;

/** What follows from a changed book or last price: stops are reached, pegged orders move, minimums can be had. */
final class Conditions {

    private final BookState state;
    private final OrderPool pool;
    private final Matching matching;
    private final Midpoint midpoint;
    private final Reports reports;
    private int[] scratch = new int[16];

    Conditions(BookState state, Matching matching, Midpoint midpoint, Reports reports) {
        this.state = state;
        this.pool = state.pool;
        this.matching = matching;
        this.midpoint = midpoint;
        this.reports = reports;
    }

    /** Goes on until nothing follows any more. Each round ends a stop, moves the pegged orders once, or trades. */
    void settle() {
        if (state.dark) {
            midpoint.match();
            return;
        }
        while (any()) {
            if (!state.continuous()) {
                idlePegs();
                return;
            }
            trail();
            if (!trigger() && !repeg() && !retry()) {
                return;
            }
        }
    }

    private boolean any() {
        return (state.stops[0].best() | state.stops[1].best() | state.pegs.size() | state.waiting[0].size() | state.waiting[1].size()) != 0;
    }

    /** Trailing stops come closer to the last price. */
    private void trail() {
        if (state.trailing.size() == 0 || state.trailedAt == state.last) {
            return;
        }
        state.trailedAt = state.last;
        if (state.last == 0) {
            return;
        }
        int count = state.trailing.size();
        scratch = state.trailing.copyInto(scratch);
        for (int i = 0; i < count; i++) {
            int order = scratch[i];
            long target = matching.trailed(order);
            long stop = pool.cold[order + OrderPool.STOP];
            if ((pool.terms(order) & 1) == BookState.BUY ? target < stop : target > stop) {
                matching.lift(order);
                pool.cold[order + OrderPool.STOP] = target;
                matching.stop(order);
            }
        }
        state.trailedAt = state.last;
    }

    /** The stop that is reached; of both sides, the one with the lower rank. */
    private boolean trigger() {
        int buy = reached(state.stops[BookState.BUY], BookState.BUY);
        int sell = reached(state.stops[BookState.SELL], BookState.SELL);
        if (buy == 0 && sell == 0) {
            return false;
        }
        boolean buyFirst = sell == 0 || buy != 0 && pool.cold[buy + OrderPool.PRIORITY] < pool.cold[sell + OrderPool.PRIORITY];
        int order = buyFirst ? buy : sell;
        matching.lift(order);
        int terms = pool.terms(order);
        OrderType becomes = Terms.type(terms) == OrderType.STOP_LIMIT ? OrderType.LIMIT : OrderType.MARKET;
        pool.terms(order, Terms.with(terms, becomes));
        reports.order(order, ExecType.TRIGGERED, Reason.NONE);
        matching.place(order);
        return true;
    }

    private int reached(Ladder stops, int side) {
        int level = stops.best();
        if (level == 0 || state.last == 0) {
            return 0;
        }
        boolean there = side == BookState.BUY ? state.last >= stops.price(level) : state.last <= stops.price(level);
        return there ? stops.first(level) : 0;
    }

    /** Pegged orders follow the best displayed prices; true if any moved. */
    private boolean repeg() {
        long bid = state.bestShown(BookState.BUY);
        long offer = state.bestShown(BookState.SELL);
        if (state.pegs.size() == 0 || bid == state.peggedBid && offer == state.peggedOffer) {
            return false;
        }
        state.peggedBid = bid;
        state.peggedOffer = offer;
        int count = state.pegs.size();
        scratch = state.pegs.copyInto(scratch);
        boolean moved = false;
        for (int i = 0; i < count && state.continuous(); i++) {
            int order = scratch[i];
            // A pegged order that was filled on the way has no id any more.
            if (pool.id(order) != 0 && matching.pegPrice(order) != pool.price(order)) {
                matching.lift(order);
                state.pegs.add(order);
                pool.cold[order + OrderPool.PRICE] = matching.pegPrice(order);
                reports.order(order, ExecType.RESTATED, Reason.NONE);
                matching.peg(order);
                moved = true;
            }
        }
        return moved;
    }

    /** Outside continuous trading there is nothing to follow. */
    private void idlePegs() {
        state.peggedBid = -1;
        int count = state.pegs.size();
        scratch = state.pegs.copyInto(scratch);
        for (int i = 0; i < count; i++) {
            int order = scratch[i];
            if (state.place(order) == BookState.IN_BOOK) {
                matching.lift(order);
                state.pegs.add(order);
                pool.cold[order + OrderPool.PRICE] = 0;
                matching.stand(order, BookState.IDLE);
            }
        }
    }

    /** Those who wait for a minimum try the book again, one at a time. */
    private boolean retry() {
        for (int side = 0; side < 2; side++) {
            OrderList list = state.waiting[side];
            for (int i = 0; i < list.size(); i++) {
                int order = list.get(i);
                long price = pool.price(order);
                long needs = matching.needs(order);
                if (needs == 0 || matching.crosses(side, price) && matching.fillable(order, price, needs) >= needs) {
                    matching.lift(order);
                    matching.trade(order);
                    return true;
                }
            }
        }
        return false;
    }
}
