package io.partita.trading;

/** An order of the naive twin: fields, and nothing clever. */
final class NaiveOrder {

    enum Place { NOWHERE, BOOK, STOPPED, WAITING, PARKED, IDLE }

    long id;
    long account;
    int participant;
    int session;
    Side side;
    OrderType type;
    TimeInForce time;
    SelfTradePrevention prevention;
    PegReference peg;
    boolean postOnly;
    boolean allOrNone;
    boolean hidden;
    boolean cancelOnDisconnect;
    boolean quote;
    long price;
    long leaves;
    long shown;
    long filled;
    long display;
    long minimum;
    long stop;
    long cap;
    long offset;
    long expire;
    long rank;
    Place place = Place.NOWHERE;

    static NaiveOrder of(Command c) {
        NaiveOrder order = new NaiveOrder();
        int terms = c.terms();
        order.id = c.orderId();
        order.account = c.account();
        order.participant = c.participant();
        order.session = c.session();
        order.side = Terms.side(terms);
        order.type = Terms.type(terms);
        order.time = Terms.timeInForce(terms);
        order.prevention = Terms.prevention(terms);
        order.peg = Terms.peg(terms);
        order.postOnly = Terms.has(terms, Terms.POST_ONLY);
        order.allOrNone = Terms.has(terms, Terms.ALL_OR_NONE);
        order.hidden = Terms.has(terms, Terms.HIDDEN);
        order.cancelOnDisconnect = Terms.has(terms, Terms.CANCEL_ON_DISCONNECT);
        order.quote = Terms.has(terms, Terms.QUOTE);
        order.price = order.type == OrderType.PEGGED ? 0 : c.price();
        order.cap = order.type == OrderType.PEGGED ? c.price() : 0;
        order.leaves = c.quantity();
        order.display = c.display();
        order.minimum = c.minimum();
        order.stop = c.stopPrice();
        order.offset = c.offset();
        order.expire = c.expireTime();
        return order;
    }

    NaiveOrder copy() {
        NaiveOrder other = new NaiveOrder();
        other.id = id;
        other.account = account;
        other.participant = participant;
        other.session = session;
        other.side = side;
        other.type = type;
        other.time = time;
        other.prevention = prevention;
        other.peg = peg;
        other.postOnly = postOnly;
        other.allOrNone = allOrNone;
        other.hidden = hidden;
        other.cancelOnDisconnect = cancelOnDisconnect;
        other.quote = quote;
        other.price = price;
        other.leaves = leaves;
        other.shown = shown;
        other.filled = filled;
        other.display = display;
        other.minimum = minimum;
        other.stop = stop;
        other.cap = cap;
        other.offset = offset;
        other.expire = expire;
        other.rank = rank;
        other.place = place;
        return other;
    }

    boolean buys() {
        return side == Side.BUY;
    }

    boolean atAnyPrice() {
        return type == OrderType.MARKET || type == OrderType.MARKET_TO_LIMIT;
    }

    boolean conditional() {
        return allOrNone || minimum > 0;
    }

    /** What it must get in one go. */
    long needs() {
        return allOrNone || time == TimeInForce.FILL_OR_KILL ? leaves : minimum;
    }

    /** What can be had of it at its turn. */
    long available() {
        return shown > 0 ? shown : leaves;
    }

    /** True if this order, at a limit, agrees to a price. */
    boolean agrees(long limit, long at) {
        return buys() ? at <= limit : at >= limit;
    }
}
