package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Terms;

/**
 * A dark book's trading: at the middle of the lit books' best prices, as a command has told them. An order stands in the book before it trades,
 * under its limit; whoever may trade at the middle does, the further limit first and then the lower rank, and of a pair the earlier is the maker.
 */
final class Midpoint {

    private final BookState state;
    private final OrderPool pool;
    private final Matching matching;
    private final Reports reports;

    Midpoint(BookState state, Matching matching, Reports reports) {
        this.state = state;
        this.pool = state.pool;
        this.matching = matching;
        this.reports = reports;
    }

    /** Takes the best lit prices; 0 and 0 for none. */
    Reason lit(Command command) {
        if (!state.dark) {
            return Reason.NOT_IN_THIS_BOOK;
        }
        long bid = command.price();
        long offer = command.contraPrice();
        long most = state.instrument.maxPrice();
        if (bid < 0 || offer < 0 || bid > most || offer > most || (bid == 0) != (offer == 0)) {
            return Reason.INVALID_PRICE;
        }
        if (bid > offer) {
            return Reason.QUOTE_CROSSED;
        }
        state.litBid = bid;
        state.litOffer = offer;
        state.litTime = state.now;
        return Reason.NONE;
    }

    /** The middle, a half tick left out; 0 for none. */
    long middle() {
        return holds() ? state.litBid + state.litOffer >> 1 : 0;
    }

    /** Whether the book was told a middle, and that is not too long ago. */
    private boolean holds() {
        return state.litBid > 0 && state.now - state.litTime <= state.instrument.midLife();
    }

    private boolean open() {
        return state.continuous() && holds();
    }

    /** Whether a limit reaches the middle, to the half tick. */
    private boolean reaches(int side, long limit) {
        long twice = state.litBid + state.litOffer;
        return side == BookState.BUY ? 2 * limit >= twice : 2 * limit <= twice;
    }

    /** An order has come and stands: it trades, and ends if it does not stay. */
    void entered(int order) {
        int terms = pool.terms(order);
        boolean market = Terms.type(terms) == OrderType.MARKET;
        if (matching.needs(order) == 0 || available(order) >= matching.needs(order)) {
            match();
        }
        // A filled one has no id any more.
        if (pool.id(order) != 0 && (market || Terms.timeInForce(terms).immediate())) {
            matching.end(order, ExecType.CANCELED, market && !Terms.timeInForce(terms).immediate() ? Reason.NO_LIQUIDITY : Reason.NOT_FILLED_AT_ONCE);
        }
    }

    /** How much of an order would be filled. */
    private long available(int order) {
        int side = pool.terms(order) & 1;
        long twice = state.litBid + state.litOffer;
        long furthest = side == BookState.BUY ? twice >> 1 : twice + 1 >> 1;
        boolean trades = open() && (Terms.type(pool.terms(order)) == OrderType.MARKET || reaches(side, pool.price(order)));
        return trades ? matching.fillable(order, furthest, pool.leaves(order)) : 0;
    }

    /** Lets all pairs trade that the middle allows. Each round fills or ends an order, or makes one smaller. */
    void match() {
        if (!open()) {
            return;
        }
        Ladder buyers = state.book[BookState.BUY];
        Ladder sellers = state.book[BookState.SELL];
        while (buyers.best() != 0 && sellers.best() != 0 && reaches(BookState.BUY, buyers.price(buyers.best()))
                && reaches(BookState.SELL, sellers.price(sellers.best()))) {
            int buyer = buyers.first(buyers.best());
            int seller = sellers.first(sellers.best());
            boolean buyerCame = pool.cold[buyer + OrderPool.PRIORITY] > pool.cold[seller + OrderPool.PRIORITY];
            pair(buyerCame ? buyer : seller, buyerCame ? seller : buyer);
        }
    }

    private void pair(int later, int earlier) {
        int participant = pool.participant(later);
        if (participant == 0 || participant != pool.participant(earlier)) {
            trade(later, earlier);
            return;
        }
        switch (Terms.prevention(pool.terms(later))) {
            case NONE -> trade(later, earlier);
            case CANCEL_NEWEST -> matching.end(later, ExecType.CANCELED, Reason.SELF_TRADE);
            case CANCEL_OLDEST -> matching.end(earlier, ExecType.CANCELED, Reason.SELF_TRADE);
            case CANCEL_BOTH -> {
                matching.end(earlier, ExecType.CANCELED, Reason.SELF_TRADE);
                matching.end(later, ExecType.CANCELED, Reason.SELF_TRADE);
            }
            case DECREMENT -> {
                long quantity = Math.min(pool.leaves(later), pool.leaves(earlier));
                decrement(earlier, quantity);
                decrement(later, quantity);
            }
        }
    }

    private void decrement(int order, long quantity) {
        if (pool.leaves(order) == quantity) {
            matching.end(order, ExecType.CANCELED, Reason.SELF_TRADE);
        } else {
            matching.reduce(order, pool.leaves(order) - quantity);
            reports.order(order, ExecType.RESTATED, Reason.SELF_TRADE);
        }
    }

    /** A half tick goes to the one who stood there: a buyer pays less, a seller gets more. */
    private void trade(int later, int earlier) {
        int side = pool.terms(earlier) & 1;
        long twice = state.litBid + state.litOffer;
        long price = side == BookState.BUY ? twice >> 1 : twice + 1 >> 1;
        long quantity = Math.min(pool.leaves(later), pool.leaves(earlier));
        matching.count(price);
        matching.fill(state.book[side ^ 1], later, quantity);
        matching.fill(state.book[side], earlier, quantity);
        reports.trade(later, pool.id(earlier), price, quantity, Liquidity.TAKER);
        reports.trade(earlier, pool.id(later), price, quantity, Liquidity.MAKER);
        forgetFilled(later);
        forgetFilled(earlier);
    }

    private void forgetFilled(int order) {
        if (pool.leaves(order) == 0) {
            matching.forget(order);
        }
    }
}
