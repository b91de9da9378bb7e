package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Instrument;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;

/** Replace, quote and cross: commands that change or make more than one thing at once, or nothing. */
final class Amendments {

    private final BookState state;
    private final OrderPool pool;
    private final Admission admission;
    private final Matching matching;
    private final Reports reports;

    Amendments(BookState state, Admission admission, Matching matching, Reports reports) {
        this.state = state;
        this.pool = state.pool;
        this.admission = admission;
        this.matching = matching;
        this.reports = reports;
    }

    // ------------------------------------------------------------------------------------------------------------- replace

    Reason replace(Command command) {
        int order = state.ids.get(command.orderId());
        if (order == 0) {
            return Reason.UNKNOWN_ORDER;
        }
        if (pool.words[order + OrderPool.ACCOUNT] != command.account()) {
            return Reason.NOT_OWNER;
        }
        if (!state.phase.open()) {
            return Reason.WRONG_PHASE;
        }
        int terms = pool.terms(order);
        boolean pegged = Terms.type(terms) == OrderType.PEGGED;
        long oldPrice = pegged ? pool.cold[order + OrderPool.STOP] : pool.price(order);
        long price = command.price() == 0 ? oldPrice : command.price();
        long filled = pool.cold[order + OrderPool.FILLED];
        long quantity = command.quantity() == 0 ? filled + pool.leaves(order) : command.quantity();
        Reason reason = replaceable(command, order, price, quantity);
        if (reason != Reason.NONE) {
            return reason;
        }
        long stop = command.stopPrice() == 0 ? pool.cold[order + OrderPool.STOP] : command.stopPrice();
        stop = pegged ? price : stop;
        long offset = command.offset() == 0 ? pool.cold[order + OrderPool.OFFSET] : command.offset();
        long display = command.display() == 0 ? pool.cold[order + OrderPool.DISPLAY] : command.display();
        boolean same = price == oldPrice && stop == pool.cold[order + OrderPool.STOP] && offset == pool.cold[order + OrderPool.OFFSET]
                && display == pool.cold[order + OrderPool.DISPLAY];
        if (same && quantity - filled <= pool.leaves(order)) {
            matching.reduce(order, quantity - filled);
            reports.order(order, ExecType.REPLACED, Reason.NONE);
            return Reason.NONE;
        }
        if (Terms.has(terms, Terms.POST_ONLY) && admission.wouldTake(terms & 1, price)) {
            return Reason.POST_ONLY_WOULD_TAKE;
        }
        matching.lift(order);
        long[] words = pool.words;
        long[] cold = pool.cold;
        cold[order + OrderPool.PRICE] = pegged ? 0 : price;
        words[order + OrderPool.LEAVES] = quantity - filled;
        cold[order + OrderPool.STOP] = stop;
        cold[order + OrderPool.OFFSET] = offset;
        cold[order + OrderPool.DISPLAY] = display;
        reports.order(order, ExecType.REPLACED, Reason.NONE);
        matching.place(order);
        return Reason.NONE;
    }

    private Reason replaceable(Command command, int order, long price, long quantity) {
        int terms = pool.terms(order);
        OrderType type = Terms.type(terms);
        Reason reason = admission.price(terms, type, price);
        if (reason == Reason.NONE) {
            reason = admission.quantity(price, quantity);
        }
        if (reason != Reason.NONE) {
            return reason;
        }
        if (quantity <= pool.cold[order + OrderPool.FILLED]) {
            return Reason.QUANTITY_BELOW_FILLED;
        }
        if (quantity - pool.cold[order + OrderPool.FILLED] < pool.cold[order + OrderPool.MINIMUM]) {
            return Reason.INVALID_MINIMUM_QUANTITY;
        }
        if (command.display() != 0) {
            if (pool.cold[order + OrderPool.DISPLAY] == 0) {
                return Reason.INVALID_COMBINATION;
            }
            if (command.display() < 0 || command.display() > quantity || admission.quantity(price, command.display()) != Reason.NONE) {
                return Reason.INVALID_DISPLAY_QUANTITY;
            }
        }
        if (command.stopPrice() != 0) {
            if (!type.waitsForStop()) {
                return Reason.INVALID_COMBINATION;
            }
            if (admission.limit(command.stopPrice()) != Reason.NONE) {
                return Reason.INVALID_STOP_PRICE;
            }
        }
        if (command.offset() != 0) {
            if (type != OrderType.TRAILING_STOP && type != OrderType.PEGGED) {
                return Reason.INVALID_COMBINATION;
            }
            if (command.offset() < 0 || command.offset() > state.instrument.maxPrice()) {
                return Reason.INVALID_OFFSET;
            }
        }
        return admission.outsideCollar(terms, command.price()) ? Reason.PRICE_OUTSIDE_COLLAR : Reason.NONE;
    }

    // -------------------------------------------------------------------------------------------------------------- quotes

    Reason quote(Command command) {
        Reason reason = quotable(command);
        if (reason != Reason.NONE) {
            return reason;
        }
        int bid = withdraw(command.orderId(), command.price(), command.quantity());
        int offer = withdraw(command.contraOrderId(), command.contraPrice(), command.contraQuantity());
        show(bid, command, Side.BUY, command.orderId(), command.price(), command.quantity());
        show(offer, command, Side.SELL, command.contraOrderId(), command.contraPrice(), command.contraQuantity());
        return Reason.NONE;
    }

    private Reason quotable(Command command) {
        if (command.orderId() <= 0 || command.contraOrderId() <= 0 || command.orderId() == command.contraOrderId()) {
            return Reason.INVALID_ORDER_ID;
        }
        if (command.account() <= 0) {
            return Reason.INVALID_ACCOUNT;
        }
        if (!state.phase.open()) {
            return Reason.WRONG_PHASE;
        }
        int terms = command.terms();
        if (Terms.type(terms) != OrderType.LIMIT || Terms.timeInForce(terms) != TimeInForce.DAY || !Terms.has(terms, Terms.QUOTE)
                || Terms.has(terms, Terms.POST_ONLY | Terms.ALL_OR_NONE | Terms.HIDDEN)) {
            return Reason.INVALID_COMBINATION;
        }
        Reason reason = side(command, Side.BUY, command.orderId(), command.price(), command.quantity());
        if (reason == Reason.NONE) {
            reason = side(command, Side.SELL, command.contraOrderId(), command.contraPrice(), command.contraQuantity());
        }
        if (reason != Reason.NONE) {
            return reason;
        }
        if (pool.size() >= Instrument.MAX_ORDERS - 2) {
            return Reason.BOOK_FULL;
        }
        boolean both = command.quantity() > 0 && command.contraQuantity() > 0;
        return both && command.price() >= command.contraPrice() ? Reason.QUOTE_CROSSED : Reason.NONE;
    }

    private Reason side(Command command, Side side, long id, long price, long quantity) {
        int live = state.ids.get(id);
        if (live != 0 && pool.words[live + OrderPool.ACCOUNT] != command.account()) {
            return Reason.NOT_OWNER;
        }
        if (live != 0 && (Terms.side(pool.terms(live)) != side || !Terms.has(pool.terms(live), Terms.QUOTE))) {
            return Reason.DUPLICATE_ORDER_ID;
        }
        if (quantity == 0) {
            return Reason.NONE;
        }
        Reason reason = admission.limit(price);
        if (reason == Reason.NONE) {
            reason = admission.quantity(price, quantity);
        }
        return reason == Reason.NONE && admission.outsideCollar(side.ordinal(), price) ? Reason.PRICE_OUTSIDE_COLLAR : reason;
    }

    /** Takes a side away, unless it can be made smaller where it stands. The order, if it is to be shown again. */
    private int withdraw(long id, long price, long quantity) {
        int order = state.ids.get(id);
        if (order == 0) {
            return 0;
        }
        if (quantity == 0) {
            matching.end(order, ExecType.CANCELED, Reason.REQUESTED);
            return 0;
        }
        if (price != pool.price(order) || quantity > pool.leaves(order)) {
            matching.lift(order);
        }
        return order;
    }

    private void show(int order, Command command, Side side, long id, long price, long quantity) {
        if (quantity == 0) {
            return;
        }
        if (order == 0) {
            int terms = command.terms() & ~1 | side.ordinal();
            int fresh = matching.create(id, command.account(), command.participant(), command.session(), terms, price, quantity);
            reports.order(fresh, ExecType.NEW, Reason.NONE);
            matching.place(fresh);
        } else if (state.place(order) != 0) {
            matching.reduce(order, quantity);
            reports.order(order, ExecType.REPLACED, Reason.NONE);
        } else {
            pool.cold[order + OrderPool.PRICE] = price;
            pool.words[order + OrderPool.LEAVES] = quantity;
            reports.order(order, ExecType.REPLACED, Reason.NONE);
            matching.place(order);
        }
    }

    // -------------------------------------------------------------------------------------------------------------- crosses

    Reason cross(Command command) {
        Reason reason = crossable(command);
        if (reason != Reason.NONE) {
            return reason;
        }
        long price = command.price();
        long quantity = command.quantity();
        int buyer = matching.create(command.orderId(), command.account(), command.participant(), command.session(), command.terms(),
                price, quantity);
        int seller = matching.create(command.contraOrderId(), command.contraAccount(), command.contraParticipant(), command.session(),
                command.terms() | 1, price, quantity);
        reports.order(buyer, ExecType.NEW, Reason.NONE);
        reports.order(seller, ExecType.NEW, Reason.NONE);
        matching.count(price);
        pool.fillMoving(buyer, quantity);
        pool.fillMoving(seller, quantity);
        reports.trade(buyer, command.contraOrderId(), price, quantity, Liquidity.CROSS);
        reports.trade(seller, command.orderId(), price, quantity, Liquidity.CROSS);
        matching.forget(buyer);
        matching.forget(seller);
        return Reason.NONE;
    }

    private Reason crossable(Command command) {
        if (command.orderId() <= 0 || command.contraOrderId() <= 0 || command.orderId() == command.contraOrderId()) {
            return Reason.INVALID_ORDER_ID;
        }
        if (command.account() <= 0 || command.contraAccount() <= 0) {
            return Reason.INVALID_ACCOUNT;
        }
        if (!state.continuous()) {
            return Reason.WRONG_PHASE;
        }
        if (state.ids.get(command.orderId()) != 0 || state.ids.get(command.contraOrderId()) != 0) {
            return Reason.DUPLICATE_ORDER_ID;
        }
        if (pool.size() >= Instrument.MAX_ORDERS - 2) {
            return Reason.BOOK_FULL;
        }
        long price = command.price();
        Reason reason = admission.limit(price);
        if (reason == Reason.NONE) {
            reason = admission.quantity(price, command.quantity());
        }
        if (reason != Reason.NONE) {
            return reason;
        }
        if (admission.outsideCollar(BookState.BUY, price) || admission.outsideCollar(BookState.SELL, price)) {
            return Reason.PRICE_OUTSIDE_COLLAR;
        }
        long bid = state.bestShown(BookState.BUY);
        long offer = state.bestShown(BookState.SELL);
        boolean between = price > bid && (offer == 0 || price < offer);
        return between && state.inBand(price) ? Reason.NONE : Reason.CROSS_OUTSIDE_SPREAD;
    }
}
