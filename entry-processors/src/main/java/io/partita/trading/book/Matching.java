package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.Reason;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;

/** Puts orders where they belong, and lets them trade. */
final class Matching {

    private final BookState state;
    private final OrderPool pool;
    private final Reports reports;
    /** Set when the order under way met one of its own participant and must go. */
    private boolean selfTraded;
    /** Set when {@link #untilOwn} came to an own order that does not make way. */
    private boolean blocked;

    Matching(BookState state, Reports reports) {
        this.state = state;
        this.pool = state.pool;
        this.reports = reports;
    }

    /** A record for a new order; it stands nowhere yet. */
    int create(long id, long account, int participant, int session, int terms, long price, long quantity) {
        int order = pool.take();
        long[] words = pool.words;
        long[] cold = pool.cold;
        words[order + OrderPool.ID] = id;
        words[order + OrderPool.LEAVES] = quantity;
        words[order + OrderPool.SHOWN] = 0;
        cold[order + OrderPool.PRICE] = price;
        cold[order + OrderPool.PRIORITY] = 0;
        words[order + OrderPool.OWNER] = OrderPool.pair(participant, terms);
        words[order + OrderPool.WHERE] = (long) session << 32;
        words[order + OrderPool.ACCOUNT] = account;
        cold[order + OrderPool.FILLED] = 0;
        cold[order + OrderPool.DISPLAY] = 0;
        cold[order + OrderPool.MINIMUM] = 0;
        cold[order + OrderPool.STOP] = 0;
        cold[order + OrderPool.OFFSET] = 0;
        cold[order + OrderPool.EXPIRE] = 0;
        return order;
    }

    int create(Command command) {
        int order = create(command.orderId(), command.account(), command.participant(), command.session(), command.terms(),
                command.price(), command.quantity());
        long[] cold = pool.cold;
        cold[order + OrderPool.DISPLAY] = command.display();
        cold[order + OrderPool.MINIMUM] = command.minimum();
        cold[order + OrderPool.STOP] = command.stopPrice();
        cold[order + OrderPool.OFFSET] = command.offset();
        cold[order + OrderPool.EXPIRE] = command.expireTime();
        if (Terms.type(command.terms()) == OrderType.PEGGED) {
            cold[order + OrderPool.STOP] = command.price();
            cold[order + OrderPool.PRICE] = 0;
        }
        return order;
    }

    /** Sends an order that stands nowhere to where it belongs, which for most means to trade first. */
    void place(int order) {
        int terms = pool.terms(order);
        OrderType type = Terms.type(terms);
        if (state.dark) {
            // It trades from its place, see Midpoint.
            rest(order);
        } else if (type == OrderType.LIMIT && state.continuous() && Terms.timeInForce(terms) != TimeInForce.AT_THE_CLOSE) {
            trade(order);
        } else if (type.waitsForStop()) {
            stop(order);
        } else if (Terms.timeInForce(terms) == TimeInForce.AT_THE_CLOSE && state.phase != TradingPhase.CLOSING_AUCTION) {
            stand(order, BookState.PARKED);
            state.parked.add(order);
        } else if (type == OrderType.PEGGED) {
            state.pegs.add(order);
            peg(order);
        } else if (state.continuous()) {
            trade(order);
        } else if (conditional(order)) {
            await(order);
        } else {
            rest(order);
        }
    }

    // ------------------------------------------------------------------------------------------------- where orders stand

    /** Gives the order its place, its priority, and a part in the hash. */
    void stand(int order, int place) {
        pool.terms(order, pool.terms(order) & ~BookState.PLACE | place);
        pool.cold[order + OrderPool.PRIORITY] = ++state.priority;
        if (dated(order) && state.ids.get(pool.id(order)) == 0) {
            state.expiring++;
            state.deadlines.add(pool.cold[order + OrderPool.EXPIRE], pool.id(order));
        }
        state.ids.put(pool.id(order), order);
        pool.seal(order);
    }

    /** Asked of the terms: the expire time lies in the second line of the record. */
    private boolean dated(int order) {
        return Terms.timeInForce(pool.terms(order)) == TimeInForce.GOOD_TILL_DATE;
    }

    /** Into the book, behind all others of its price. */
    void rest(int order) {
        int terms = pool.terms(order);
        long leaves = pool.leaves(order);
        long display = pool.cold[order + OrderPool.DISPLAY];
        boolean unseen = Terms.has(terms, Terms.HIDDEN) || Terms.type(terms) == OrderType.PEGGED || state.dark;
        pool.words[order + OrderPool.SHOWN] = unseen ? 0 : display > 0 ? Math.min(display, leaves) : leaves;
        stand(order, BookState.IN_BOOK);
        state.book[terms & 1].append(order, bookPrice(order));
    }

    private long bookPrice(int order) {
        int terms = pool.terms(order);
        OrderType type = Terms.type(terms);
        return type == OrderType.MARKET || type == OrderType.MARKET_TO_LIMIT ? state.marketPrice(terms & 1) : pool.price(order);
    }

    /** Beside the book, until the last price reaches the stop price. */
    void stop(int order) {
        int side = pool.terms(order) & 1;
        if (Terms.type(pool.terms(order)) == OrderType.TRAILING_STOP) {
            if (pool.cold[order + OrderPool.STOP] == 0) {
                pool.cold[order + OrderPool.STOP] = trailed(order);
            }
            state.trailing.add(order);
            state.trailedAt = -1;
        }
        stand(order, BookState.STOPPED);
        state.stops[side].append(order, pool.cold[order + OrderPool.STOP]);
    }

    /** Where a trailing stop would be if it were set by the last price. */
    long trailed(int order) {
        long offset = pool.cold[order + OrderPool.OFFSET];
        boolean buys = (pool.terms(order) & 1) == BookState.BUY;
        return buys ? Math.min(state.last + offset, state.instrument.maxPrice()) : Math.max(state.last - offset, 1);
    }

    /** Beside the book, by price and then by priority. */
    private void await(int order) {
        stand(order, BookState.WAITING);
        queueWaiting(order);
    }

    private void queueWaiting(int order) {
        int side = pool.terms(order) & 1;
        OrderList list = state.waiting[side];
        int at = list.size();
        while (at > 0 && better(side, pool.price(order), pool.price(list.get(at - 1)))) {
            at--;
        }
        list.insert(at, order);
    }

    private static boolean better(int side, long price, long than) {
        return side == BookState.BUY ? price > than : price < than;
    }

    /** Puts an order of a snapshot back to where it stood; they come by priority, so it is the last of each queue. */
    void restore(int order) {
        int terms = pool.terms(order);
        int side = terms & 1;
        OrderType type = Terms.type(terms);
        state.ids.put(pool.id(order), order);
        pool.seal(order);
        switch (terms & BookState.PLACE) {
            case BookState.IN_BOOK -> state.book[side].append(order, bookPrice(order));
            case BookState.STOPPED -> state.stops[side].append(order, pool.cold[order + OrderPool.STOP]);
            case BookState.WAITING -> queueWaiting(order);
            case BookState.PARKED -> state.parked.add(order);
            case BookState.IDLE -> { }
            default -> throw new IllegalArgumentException("an order that stands nowhere");
        }
        if (type == OrderType.PEGGED) {
            state.pegs.add(order);
        } else if (type == OrderType.TRAILING_STOP) {
            state.trailing.add(order);
        }
    }

    /** Takes an order from where it stands; it keeps its id. */
    void lift(int order) {
        int terms = pool.terms(order);
        int side = terms & 1;
        pool.unseal(order);
        switch (terms & BookState.PLACE) {
            case BookState.IN_BOOK -> state.book[side].remove(order);
            case BookState.STOPPED -> {
                state.stops[side].remove(order);
                if (Terms.type(terms) == OrderType.TRAILING_STOP) {
                    state.trailing.remove(order);
                }
            }
            case BookState.WAITING -> state.waiting[side].remove(order);
            case BookState.PARKED -> state.parked.remove(order);
            default -> { }
        }
        if (Terms.type(terms) == OrderType.PEGGED) {
            state.pegs.remove(order);
        }
        pool.words[order + OrderPool.SHOWN] = 0;
        pool.terms(order, terms & ~BookState.PLACE);
    }

    /** Forgets an order that stands nowhere. */
    void forget(int order) {
        if (state.ids.remove(pool.id(order), order) && dated(order)) {
            state.expiring--;
        }
        pool.free(order);
    }

    /** Ends an order, wherever it is. */
    void end(int order, ExecType how, Reason why) {
        if (state.place(order) != 0) {
            lift(order);
        }
        reports.order(order, how, why);
        forget(order);
    }

    /** Makes an order smaller where it stands. */
    void reduce(int order, long leaves) {
        long shown = pool.shown(order);
        long newShown = Math.min(shown, leaves);
        int place = state.place(order);
        if (place == BookState.IN_BOOK || place == BookState.STOPPED) {
            Ladder[] ladders = place == BookState.IN_BOOK ? state.book : state.stops;
            ladders[pool.terms(order) & 1].reduce(pool.level(order), shown - newShown, pool.leaves(order) - shown - (leaves - newShown));
        }
        pool.shrink(order, leaves, newShown);
    }

    // ------------------------------------------------------------------------------------------------------------- pegging

    /** Prices a pegged order that is in the list of them and stands nowhere; it may meet hidden orders. */
    void peg(int order) {
        long target = state.continuous() ? pegPrice(order) : 0;
        pool.cold[order + OrderPool.PRICE] = target;
        if (target == 0) {
            stand(order, BookState.IDLE);
            return;
        }
        selfTraded = false;
        take(order, target);
        if (selfTraded || pool.leaves(order) == 0) {
            state.pegs.remove(order);
            leave(order);
        } else if (state.continuous()) {
            rest(order);
        } else {
            pool.cold[order + OrderPool.PRICE] = 0;
            stand(order, BookState.IDLE);
        }
    }

    /** Where a pegged order belongs now, 0 for nowhere. The cap is kept as its stop price: its price moves. */
    long pegPrice(int order) {
        int terms = pool.terms(order);
        int side = terms & 1;
        long own = state.bestShown(side);
        long other = state.bestShown(side ^ 1);
        boolean mid = Terms.peg(terms) == PegReference.MID;
        if (own == 0 || mid && other == 0) {
            return 0;
        }
        boolean buys = side == BookState.BUY;
        long from = !mid ? own : buys ? own + other >> 1 : own + other + 1 >> 1;
        long offset = pool.cold[order + OrderPool.OFFSET];
        long cap = pool.cold[order + OrderPool.STOP];
        long price = buys ? from - offset : from + offset;
        if (cap != 0) {
            price = buys ? Math.min(price, cap) : Math.max(price, cap);
        }
        return price < 1 || price > state.instrument.maxPrice() ? 0 : price;
    }

    // ------------------------------------------------------------------------------------------------------------- trading

    /** The way of an order through continuous trading: the book, then those who wait beside it, then its rest. */
    void trade(int order) {
        int terms = pool.terms(order);
        int side = terms & 1;
        long limit = limit(order);
        long needs = needs(order);
        if (limit < 0) {
            end(order, ExecType.CANCELED, Reason.NO_LIQUIDITY);
            return;
        }
        selfTraded = false;
        boolean enough = needs == 0 || fillable(order, limit, needs) >= needs;
        if (enough) {
            take(order, limit);
            if (needs > 0) {
                pool.cold[order + OrderPool.MINIMUM] = 0;
            }
        }
        if (state.waiting[side ^ 1].size() > 0 && !selfTraded && pool.leaves(order) > 0 && state.continuous()
                && !Terms.has(terms, Terms.POST_ONLY)) {
            takeWaiting(order, limit);
            if (!enough && needs(order) == 0 && pool.leaves(order) > 0) {
                // The minimum came from those who wait: now the book will do.
                take(order, limit);
            }
        }
        if (selfTraded || pool.leaves(order) == 0) {
            leave(order);
        } else {
            remainder(order, limit);
        }
    }

    /** The end of an order that is filled, or that met its own participant. */
    private void leave(int order) {
        if (pool.leaves(order) > 0) {
            reports.order(order, ExecType.CANCELED, Reason.SELF_TRADE);
        }
        forget(order);
    }

    private void remainder(int order, long limit) {
        int terms = pool.terms(order);
        OrderType type = Terms.type(terms);
        if (Terms.timeInForce(terms).immediate()) {
            end(order, ExecType.CANCELED, Reason.NOT_FILLED_AT_ONCE);
        } else if (type == OrderType.MARKET && state.continuous()) {
            end(order, ExecType.CANCELED, Reason.NO_LIQUIDITY);
        } else if (type == OrderType.MARKET_TO_LIMIT) {
            becomeLimit(order, limit);
            rest(order);
        } else if (conditional(order)) {
            await(order);
        } else {
            rest(order);
        }
    }

    void becomeLimit(int order, long price) {
        pool.terms(order, Terms.with(pool.terms(order), OrderType.LIMIT));
        pool.cold[order + OrderPool.PRICE] = price;
        reports.order(order, ExecType.RESTATED, Reason.NONE);
    }

    /** How far an order goes; -1 for a market-to-limit order that finds nothing. */
    private long limit(int order) {
        int terms = pool.terms(order);
        int side = terms & 1;
        return switch (Terms.type(terms)) {
            case MARKET -> state.marketPrice(side);
            case MARKET_TO_LIMIT -> {
                int level = state.book[side ^ 1].best();
                yield level == 0 ? -1 : state.book[side ^ 1].price(level);
            }
            default -> pool.price(order);
        };
    }

    /** What an order must be able to get in one go, 0 if it takes whatever there is. */
    long needs(int order) {
        int terms = pool.terms(order);
        return Terms.has(terms, Terms.ALL_OR_NONE) || Terms.timeInForce(terms) == TimeInForce.FILL_OR_KILL
                ? pool.leaves(order) : pool.cold[order + OrderPool.MINIMUM];
    }

    private boolean conditional(int order) {
        return Terms.has(pool.terms(order), Terms.ALL_OR_NONE) || pool.cold[order + OrderPool.MINIMUM] > 0;
    }

    private static boolean reaches(int side, long limit, long price) {
        return side == BookState.BUY ? price <= limit : price >= limit;
    }

    /** Whether an order of a side and price would find anything in the book. */
    boolean crosses(int side, long limit) {
        int level = state.book[side ^ 1].best();
        return level != 0 && reaches(side, limit, state.book[side ^ 1].price(level));
    }

    private void take(int order, long limit) {
        int terms = pool.terms(order);
        int side = terms & 1;
        Ladder other = state.book[side ^ 1];
        boolean guarded = pool.participant(order) != 0 && Terms.prevention(terms) != SelfTradePrevention.NONE;
        while (pool.leaves(order) > 0) {
            int level = other.best();
            if (level == 0) {
                return;
            }
            long price = other.price(level);
            if (!reaches(side, limit, price)) {
                return;
            }
            if (!state.inBand(price)) {
                interrupt();
                return;
            }
            int resting = other.first(level);
            if (guarded && pool.participant(resting) == pool.participant(order)) {
                if (!prevent(order, resting)) {
                    return;
                }
            } else {
                long available = pool.shown(resting) > 0 ? pool.shown(resting) : pool.leaves(resting);
                long quantity = Math.min(pool.leaves(order), available);
                count(price);
                pool.fillMoving(order, quantity);
                fill(other, resting, quantity);
                reports.trade(order, pool.id(resting), price, quantity, Liquidity.TAKER);
                reports.trade(resting, pool.id(order), price, quantity, Liquidity.MAKER);
                if (pool.leaves(resting) == 0) {
                    forget(resting);
                }
            }
        }
    }

    void count(long price) {
        state.trades++;
        state.last = price;
    }

    /** Fills an order in the book, and takes it out when nothing is left; it is not forgotten yet. */
    void fill(Ladder ladder, int resting, long quantity) {
        int level = pool.level(resting);
        boolean displayed = pool.shown(resting) > 0;
        ladder.reduce(level, displayed ? quantity : 0, displayed ? 0 : quantity);
        if (pool.leaves(resting) == quantity) {
            pool.unseal(resting);
            pool.fillMoving(resting, quantity);
            pool.words[resting + OrderPool.SHOWN] = 0;
            ladder.removeFilled(resting, displayed);
            int terms = pool.terms(resting);
            pool.terms(resting, terms & ~BookState.PLACE);
            if (Terms.type(terms) == OrderType.PEGGED) {
                state.pegs.remove(resting);
            }
            return;
        }
        pool.fill(resting, quantity, displayed);
        if (displayed && pool.shown(resting) == 0) {
            pool.refresh(resting, ++state.priority);
            ladder.refresh(resting);
        }
    }

    /** The price left its band: what is left of the order waits for the auction with all others. */
    private void interrupt() {
        state.phase = TradingPhase.VOLATILITY_AUCTION;
        state.phaseEnd = state.now + state.instrument.callTime();
        reports.book(ExecType.TRADING_STATUS, 0, 0);
    }

    /** Keeps a participant from trading with itself. True if the incoming order goes on. */
    private boolean prevent(int order, int resting) {
        switch (Terms.prevention(pool.terms(order))) {
            case CANCEL_OLDEST -> {
                end(resting, ExecType.CANCELED, Reason.SELF_TRADE);
                return true;
            }
            case CANCEL_BOTH -> {
                end(resting, ExecType.CANCELED, Reason.SELF_TRADE);
                selfTraded = true;
            }
            case DECREMENT -> decrement(order, resting);
            default -> selfTraded = true;
        }
        return !selfTraded;
    }

    private void decrement(int order, int resting) {
        long quantity = Math.min(pool.leaves(order), pool.leaves(resting));
        if (pool.leaves(resting) == quantity) {
            end(resting, ExecType.CANCELED, Reason.SELF_TRADE);
        } else {
            reduce(resting, pool.leaves(resting) - quantity);
            reports.order(resting, ExecType.RESTATED, Reason.SELF_TRADE);
        }
        if (pool.leaves(order) == quantity) {
            selfTraded = true;
        } else {
            pool.words[order + OrderPool.LEAVES] -= quantity;
            reports.order(order, ExecType.RESTATED, Reason.SELF_TRADE);
        }
    }

    /** Those who wait for a minimum on the other side, one by one: a pair trades if the quantity is enough for both. */
    private void takeWaiting(int order, long limit) {
        int side = pool.terms(order) & 1;
        OrderList list = state.waiting[side ^ 1];
        for (int i = 0; i < list.size() && pool.leaves(order) > 0; ) {
            int other = list.get(i);
            long price = pool.price(other);
            if (!reaches(side, limit, price)) {
                return;
            }
            long quantity = Math.min(pool.leaves(order), pool.leaves(other));
            boolean own = pool.participant(order) != 0 && pool.participant(order) == pool.participant(other);
            if (own || !state.inBand(price) || quantity < needs(order) || quantity < needs(other)) {
                i++;
                continue;
            }
            count(price);
            pool.unseal(other);
            pool.fillMoving(order, quantity);
            pool.fillMoving(other, quantity);
            pool.cold[order + OrderPool.MINIMUM] = 0;
            pool.cold[other + OrderPool.MINIMUM] = 0;
            pool.seal(other);
            reports.trade(order, pool.id(other), price, quantity, Liquidity.TAKER);
            reports.trade(other, pool.id(order), price, quantity, Liquidity.MAKER);
            if (pool.leaves(other) == 0) {
                lift(other);
                forget(other);
            } else {
                i++;
            }
        }
    }

    /** How much of an order the book would fill at once, at least if it is as much as needed. */
    long fillable(int order, long limit, long needed) {
        int terms = pool.terms(order);
        int side = terms & 1;
        Ladder other = state.book[side ^ 1];
        int participant = pool.participant(order);
        SelfTradePrevention prevention = participant == 0 ? SelfTradePrevention.NONE : Terms.prevention(terms);
        long filled = 0;
        long left = pool.leaves(order);
        for (int level = other.best(); level != 0 && filled < needed && left > 0; level = other.worse(level)) {
            long price = other.price(level);
            if (!reaches(side, limit, price) || !state.inBand(price)) {
                break;
            }
            if (prevention == SelfTradePrevention.NONE) {
                filled += Math.min(left, other.quantity(level));
                left = pool.leaves(order) - filled;
                continue;
            }
            filled += Math.min(left, untilOwn(other, level, participant, prevention == SelfTradePrevention.CANCEL_OLDEST));
            left = pool.leaves(order) - filled;
            if (blocked) {
                break;
            }
        }
        return filled;
    }

    /** What a level holds before the participant's own first order, or of others altogether if own orders make way. */
    private long untilOwn(Ladder ladder, int level, int participant, boolean makesWay) {
        blocked = false;
        long tips = 0;
        long all = 0;
        for (int at = ladder.firstShown(level); at != 0; at = pool.next(at)) {
            if (pool.participant(at) != participant) {
                tips += blocked ? 0 : pool.shown(at);
                all += pool.leaves(at);
            } else {
                blocked |= !makesWay;
            }
        }
        if (blocked) {
            // Icebergs show their next part only behind the own order.
            return tips;
        }
        for (int at = ladder.firstHidden(level); at != 0 && !blocked; at = pool.next(at)) {
            if (pool.participant(at) != participant) {
                all += pool.leaves(at);
            } else {
                blocked = !makesWay;
            }
        }
        return all;
    }
}
