package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;
import java.util.Arrays;

/** Phases, their auctions, and the orders that end with time. */
final class Sessions {

    private final BookState state;
    private final OrderPool pool;
    private final Matching matching;
    private final Conditions conditions;
    private final Reports reports;
    private final Uncrossing uncrossing;
    private long[] chosen = new long[64];
    private int[] scratch = new int[16];

    Sessions(BookState state, Matching matching, Conditions conditions, Reports reports) {
        this.state = state;
        this.pool = state.pool;
        this.matching = matching;
        this.conditions = conditions;
        this.reports = reports;
        this.uncrossing = new Uncrossing(state);
    }

    Uncrossing indication() {
        uncrossing.find();
        return uncrossing;
    }

    // ---------------------------------------------------------------------------------------------------------------- time

    /** Lets happen what is due: orders expire and phases end, in the order of their times. */
    void advance(long time) {
        state.now = Math.max(state.now, time);
        for (long due = nextDue(); due != 0 && due <= state.now; due = nextDue()) {
            if (due == state.deadlines.next()) {
                expire(due);
            } else {
                endPhase(due);
            }
        }
    }

    /** The time of the next expiry or end of a phase; 0 for never. */
    long nextDue() {
        long due = Math.min(state.deadlines.next(), phaseEnd());
        return due == Deadlines.NEVER ? 0 : due;
    }

    private long phaseEnd() {
        return state.phaseEnd == 0 ? Deadlines.NEVER : state.phaseEnd;
    }

    private void expire(long time) {
        int order = state.ids.get(state.deadlines.nextId());
        state.deadlines.pop();
        // The heap also has orders that have ended before, and ids that were used again.
        if (order != 0 && pool.cold[order + OrderPool.EXPIRE] == time) {
            matching.end(order, ExecType.EXPIRED, Reason.EXPIRE_TIME_REACHED);
            conditions.settle();
        }
    }

    private void endPhase(long time) {
        switch (state.phase) {
            case HALT -> change(TradingPhase.VOLATILITY_AUCTION, Math.max(1, time + state.instrument.callTime()));
            case CLOSING_AUCTION -> change(TradingPhase.CLOSED, 0);
            default -> change(TradingPhase.CONTINUOUS, 0);
        }
    }

    /** Drops what ended before its time, once it is most of the heap. */
    void tidy() {
        if (state.deadlines.size() > 1024 && state.deadlines.size() > 4 * state.expiring) {
            rebuildDeadlines();
        }
    }

    void rebuildDeadlines() {
        state.deadlines.clear();
        state.expiring = 0;
        for (int order = OrderPool.FIRST; order < pool.end(); order += OrderPool.RECORD) {
            if (pool.id(order) != 0 && pool.cold[order + OrderPool.EXPIRE] != 0) {
                state.deadlines.add(pool.cold[order + OrderPool.EXPIRE], pool.id(order));
                state.expiring++;
            }
        }
    }

    // -------------------------------------------------------------------------------------------------------------- phases

    /** Changes the phase as a command asks. */
    Reason command(Command command) {
        TradingPhase from = state.phase;
        TradingPhase to = command.phase();
        boolean fromClosed = to == TradingPhase.PRE_OPEN || to == TradingPhase.OPENING_AUCTION;
        boolean fromOpen = to != TradingPhase.PRE_OPEN
                && (to != TradingPhase.OPENING_AUCTION || from == TradingPhase.PRE_OPEN || from == TradingPhase.HALT);
        if (to == from || !(from == TradingPhase.CLOSED ? fromClosed : fromOpen)) {
            return Reason.INVALID_TRANSITION;
        }
        boolean timed = to.auction() || to == TradingPhase.HALT;
        if (command.expireTime() != 0 && (!timed || command.expireTime() <= state.now)) {
            return Reason.INVALID_EXPIRE_TIME;
        }
        change(to, command.expireTime());
        return Reason.NONE;
    }

    private void change(TradingPhase to, long until) {
        TradingPhase from = state.phase;
        long price = 0;
        long volume = 0;
        // A dark book has no price of its own, and so no auction.
        if (!state.dark && to != TradingPhase.HALT && (from.auction() || to == TradingPhase.CONTINUOUS)) {
            uncrossing.find();
            price = uncrossing.price();
            volume = uncrossing.volume();
            uncross(price, volume);
            leftOver(price);
        }
        if (to == TradingPhase.CLOSED) {
            endSession();
        }
        state.phase = to;
        state.phaseEnd = until;
        if (to == TradingPhase.CLOSING_AUCTION) {
            unpark();
        }
        state.bandAroundLast();
        state.peggedBid = -1;
        reports.book(ExecType.TRADING_STATUS, price, volume);
        conditions.settle();
    }

    private void uncross(long price, long volume) {
        Ladder buyers = state.book[BookState.BUY];
        Ladder sellers = state.book[BookState.SELL];
        for (long left = volume; left > 0; ) {
            int buyer = buyers.first(buyers.best());
            int seller = sellers.first(sellers.best());
            long quantity = Math.min(left, Math.min(available(buyer), available(seller)));
            matching.count(price);
            matching.fill(buyers, buyer, quantity);
            matching.fill(sellers, seller, quantity);
            reports.trade(buyer, pool.id(seller), price, quantity, Liquidity.AUCTION);
            reports.trade(seller, pool.id(buyer), price, quantity, Liquidity.AUCTION);
            forgetFilled(buyer);
            forgetFilled(seller);
            left -= quantity;
        }
        if (volume > 0) {
            state.reference(price);
        }
    }

    private long available(int order) {
        return pool.shown(order) > 0 ? pool.shown(order) : pool.leaves(order);
    }

    private void forgetFilled(int order) {
        if (pool.leaves(order) == 0) {
            matching.forget(order);
        }
    }

    /** Orders that were for the auction only, by id. */
    private void leftOver(long price) {
        int count = choose();
        for (int i = 0; i < count; i++) {
            int order = state.ids.get(chosen[i]);
            if (state.place(order) != BookState.IN_BOOK) {
                continue;
            }
            OrderType type = Terms.type(pool.terms(order));
            TimeInForce time = Terms.timeInForce(pool.terms(order));
            if (time == TimeInForce.AT_THE_OPENING || time == TimeInForce.AT_THE_CLOSE) {
                matching.end(order, ExecType.EXPIRED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (type == OrderType.MARKET || type == OrderType.MARKET_TO_LIMIT && price == 0) {
                matching.end(order, ExecType.CANCELED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (type == OrderType.MARKET_TO_LIMIT) {
                matching.lift(order);
                matching.becomeLimit(order, price);
                matching.rest(order);
            }
        }
    }

    private void endSession() {
        int count = choose();
        for (int i = 0; i < count; i++) {
            int order = state.ids.get(chosen[i]);
            switch (Terms.timeInForce(pool.terms(order))) {
                case GOOD_TILL_CANCEL, GOOD_TILL_DATE -> { }
                default -> matching.end(order, ExecType.EXPIRED, Reason.END_OF_SESSION);
            }
        }
    }

    private void unpark() {
        int count = state.parked.size();
        scratch = state.parked.copyInto(scratch);
        // All at once: there may be very many of them.
        state.parked.clear();
        for (int i = 0; i < count; i++) {
            matching.lift(scratch[i]);
            matching.place(scratch[i]);
        }
    }

    // --------------------------------------------------------------------------------------------------------- mass cancel

    void massCancel(Command command) {
        long cancelled = 0;
        int count = choose();
        for (int i = 0; i < count; i++) {
            int order = state.ids.get(chosen[i]);
            if (meant(command, order)) {
                matching.end(order, ExecType.CANCELED, Reason.MASS_CANCEL);
                cancelled++;
            }
        }
        reports.book(ExecType.MASS_CANCEL_DONE, 0, cancelled);
    }

    private boolean meant(Command command, int order) {
        int terms = pool.terms(order);
        return (command.account() == 0 || command.account() == pool.words[order + OrderPool.ACCOUNT])
                && (command.participant() == 0 || command.participant() == pool.participant(order))
                && (command.session() == 0 || command.session() == pool.session(order))
                && (command.bothSides() || (command.terms() & 1) == (terms & 1))
                && (!Terms.has(command.terms(), Terms.CANCEL_ON_DISCONNECT) || Terms.has(terms, Terms.CANCEL_ON_DISCONNECT));
    }

    /** The ids of all live orders, ascending: records are used in another order after a restore. */
    private int choose() {
        if (chosen.length < pool.size()) {
            chosen = new long[pool.size() * 2];
        }
        int count = 0;
        for (int order = OrderPool.FIRST; order < pool.end(); order += OrderPool.RECORD) {
            if (pool.id(order) != 0) {
                chosen[count++] = pool.id(order);
            }
        }
        Arrays.sort(chosen, 0, count);
        return count;
    }
}
