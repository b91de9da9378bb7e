package io.partita.trading.risk;

import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;

/** Orders without a limit, with the limit under which they were reserved for. */
public final class Bounded {

    private Bounded() {
    }

    /**
     * The same order with a limit: a market order becomes a limit order whose rest is cancelled at once (one for an auction stays for it), a
     * stop becomes a stop-limit, a pegged order gets its limit.
     */
    public static Command by(long limit, Command order) {
        int terms = order.terms();
        OrderType type = Terms.type(terms);
        TimeInForce time = Terms.timeInForce(terms);
        boolean auction = time == TimeInForce.AT_THE_OPENING || time == TimeInForce.AT_THE_CLOSE;
        boolean market = type == OrderType.MARKET;
        Command bounded = new Command().newOrder(0, order.account(), Terms.side(terms), market ? OrderType.LIMIT
                        : type == OrderType.STOP ? OrderType.STOP_LIMIT : type,
                market && !auction && !time.immediate() ? TimeInForce.IMMEDIATE_OR_CANCEL : time, limit, order.quantity())
                .by(order.participant(), order.session()).stop(order.stopPrice()).offset(order.offset()).peg(Terms.peg(terms))
                .prevent(Terms.prevention(terms)).minimum(order.minimum()).display(order.display()).id(order.id());
        if (time == TimeInForce.GOOD_TILL_DATE && !market) {
            bounded.expires(order.expireTime());
        }
        if (Terms.has(terms, Terms.ALL_OR_NONE)) {
            bounded.allOrNone();
        }
        if (Terms.has(terms, Terms.HIDDEN)) {
            bounded.hidden();
        }
        if (Terms.has(terms, Terms.POST_ONLY)) {
            // Which the book refuses, as it would have refused the order as it was.
            bounded.postOnly();
        }
        if (Terms.has(terms, Terms.CANCEL_ON_DISCONNECT)) {
            bounded.cancelOnDisconnect();
        }
        return bounded;
    }
}
