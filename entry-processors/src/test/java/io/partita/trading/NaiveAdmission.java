package io.partita.trading;

import java.util.stream.Stream;

/** The twin's checks, in the order in which docs/trading.md has them. The first that fails is the reason. */
final class NaiveAdmission {

    private final NaiveBook book;

    NaiveAdmission(NaiveBook book) {
        this.book = book;
    }

    private static Reason first(Stream<Reason> reasons) {
        return reasons.filter(reason -> reason != Reason.NONE).findFirst().orElse(Reason.NONE);
    }

    private static Reason when(boolean wrong, Reason reason) {
        return wrong ? reason : Reason.NONE;
    }

    Reason order(Command c) {
        NaiveOrder order = NaiveOrder.of(c);
        boolean plain = order.type == OrderType.LIMIT || order.atAnyPrice();
        boolean opening = book.phase == TradingPhase.PRE_OPEN || book.phase == TradingPhase.OPENING_AUCTION;
        boolean auctionOnly = order.time == TimeInForce.AT_THE_OPENING || order.time == TimeInForce.AT_THE_CLOSE;
        boolean dated = order.time == TimeInForce.GOOD_TILL_DATE;
        boolean partlySeen = order.hidden || order.display > 0;
        boolean trailing = order.type == OrderType.TRAILING_STOP;
        boolean pegged = order.type == OrderType.PEGGED;
        boolean mayHide = order.type == OrderType.LIMIT || order.type == OrderType.STOP_LIMIT;
        return first(Stream.of(
                when(c.orderId() <= 0, Reason.INVALID_ORDER_ID),
                when(c.account() <= 0, Reason.INVALID_ACCOUNT),
                when(!book.phase.open(), Reason.WRONG_PHASE),
                when(book.find(c.orderId()) != null, Reason.DUPLICATE_ORDER_ID),
                when(book.rules().dark() && !dark(order), Reason.NOT_IN_THIS_BOOK),
                price(order.type, c.price()),
                quantity(c.price(), c.quantity()),
                when(c.display() < 0 || c.display() > c.quantity() || c.display() % lot(c.price()) != 0, Reason.INVALID_DISPLAY_QUANTITY),
                when(c.minimum() < 0 || c.minimum() > c.quantity(), Reason.INVALID_MINIMUM_QUANTITY),
                when(partlySeen && (order.hidden && order.display > 0 || order.time.immediate() || !mayHide), Reason.INVALID_COMBINATION),
                when(order.postOnly && (order.time.immediate() || order.type != OrderType.LIMIT || order.conditional()),
                        Reason.INVALID_COMBINATION),
                when(order.conditional() && (order.type != OrderType.LIMIT || partlySeen || order.time == TimeInForce.FILL_OR_KILL
                        || order.allOrNone && order.minimum > 0), Reason.INVALID_COMBINATION),
                when(!order.type.waitsForStop() && c.stopPrice() != 0, Reason.INVALID_COMBINATION),
                when(trailing && (c.offset() < 1 || c.offset() > book.rules().maxPrice()), Reason.INVALID_OFFSET),
                when(trailing && c.stopPrice() == 0 && book.last == 0, Reason.NO_REFERENCE_PRICE),
                when(order.type.waitsForStop() && !(trailing && c.stopPrice() == 0) && limit(c.stopPrice()) != Reason.NONE,
                        Reason.INVALID_STOP_PRICE),
                when(pegged != (order.peg != PegReference.NONE), Reason.INVALID_COMBINATION),
                when(!pegged && !trailing && c.offset() != 0, Reason.INVALID_COMBINATION),
                when(c.offset() < 0 || c.offset() > book.rules().maxPrice(), Reason.INVALID_OFFSET),
                when(dated && c.expireTime() <= book.now, Reason.INVALID_EXPIRE_TIME),
                when(!dated && c.expireTime() != 0, Reason.INVALID_COMBINATION),
                when(auctionOnly && (!plain || order.conditional() || order.postOnly), Reason.INVALID_COMBINATION),
                when(pegged && order.time.immediate(), Reason.INVALID_COMBINATION),
                when(order.time == TimeInForce.AT_THE_OPENING && !opening, Reason.TIME_IN_FORCE_NOT_IN_PHASE),
                when(order.time.immediate() && plain && book.phase != TradingPhase.CONTINUOUS, Reason.TIME_IN_FORCE_NOT_IN_PHASE),
                collar(order.side, c.price()),
                when(order.postOnly && book.wouldTake(order), Reason.POST_ONLY_WOULD_TAKE)));
    }

    private static boolean dark(NaiveOrder order) {
        return (order.type == OrderType.LIMIT || order.type == OrderType.MARKET) && !order.postOnly && !order.allOrNone && order.minimum == 0
                && order.display == 0 && order.time != TimeInForce.AT_THE_OPENING && order.time != TimeInForce.AT_THE_CLOSE;
    }

    private static boolean limited(OrderType type) {
        return type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
    }

    private Reason price(OrderType type, long price) {
        if (limited(type)) {
            return limit(price);
        }
        if (price == 0) {
            return Reason.NONE;
        }
        return type == OrderType.PEGGED ? limit(price) : Reason.PRICE_NOT_ALLOWED;
    }

    private Reason limit(long price) {
        if (price < 1 || price > book.rules().maxPrice()) {
            return Reason.INVALID_PRICE;
        }
        return when(price % book.rules().ticks().at(price) != 0, Reason.OFF_TICK);
    }

    private long lot(long price) {
        return book.rules().lots().at(price > 0 ? price : book.last > 0 ? book.last : book.reference);
    }

    private Reason quantity(long price, long quantity) {
        if (quantity < 1 || quantity > book.rules().maxQuantity()) {
            return Reason.INVALID_QUANTITY;
        }
        return when(quantity % lot(price) != 0, Reason.ODD_LOT);
    }

    private Reason collar(Side side, long price) {
        if (book.reference == 0 || book.rules().collar() == 0 || price == 0) {
            return Reason.NONE;
        }
        long width = book.reference * book.rules().collar() / 10_000;
        return when(side == Side.BUY ? price > book.reference + width : price < book.reference - width, Reason.PRICE_OUTSIDE_COLLAR);
    }

    Reason replace(Command c, NaiveOrder order) {
        if (order == null) {
            return Reason.UNKNOWN_ORDER;
        }
        long price = c.price() != 0 ? c.price() : order.type == OrderType.PEGGED ? order.cap : order.price;
        long quantity = c.quantity() != 0 ? c.quantity() : order.filled + order.leaves;
        return first(Stream.of(
                when(order.account != c.account(), Reason.NOT_OWNER),
                when(!book.phase.open(), Reason.WRONG_PHASE),
                price(order.type, price),
                quantity(price, quantity),
                when(quantity <= order.filled, Reason.QUANTITY_BELOW_FILLED),
                when(quantity - order.filled < order.minimum, Reason.INVALID_MINIMUM_QUANTITY),
                when(c.display() != 0 && order.display == 0, Reason.INVALID_COMBINATION),
                when(c.display() != 0 && (c.display() > quantity || quantity(price, c.display()) != Reason.NONE),
                        Reason.INVALID_DISPLAY_QUANTITY),
                when(c.stopPrice() != 0 && !order.type.waitsForStop(), Reason.INVALID_COMBINATION),
                when(c.stopPrice() != 0 && limit(c.stopPrice()) != Reason.NONE, Reason.INVALID_STOP_PRICE),
                when(c.offset() != 0 && order.type != OrderType.TRAILING_STOP && order.type != OrderType.PEGGED, Reason.INVALID_COMBINATION),
                when(c.offset() < 0 || c.offset() > book.rules().maxPrice(), Reason.INVALID_OFFSET),
                collar(order.side, c.price())));
    }

    Reason quote(Command c) {
        int terms = c.terms();
        return first(Stream.of(
                when(book.rules().dark(), Reason.NOT_IN_THIS_BOOK),
                when(c.orderId() <= 0 || c.contraOrderId() <= 0 || c.orderId() == c.contraOrderId(), Reason.INVALID_ORDER_ID),
                when(c.account() <= 0, Reason.INVALID_ACCOUNT),
                when(!book.phase.open(), Reason.WRONG_PHASE),
                when(Terms.type(terms) != OrderType.LIMIT || Terms.timeInForce(terms) != TimeInForce.DAY || !Terms.has(terms, Terms.QUOTE)
                        || Terms.has(terms, Terms.POST_ONLY | Terms.ALL_OR_NONE | Terms.HIDDEN), Reason.INVALID_COMBINATION),
                quoted(c, Side.BUY, c.orderId(), c.price(), c.quantity()),
                quoted(c, Side.SELL, c.contraOrderId(), c.contraPrice(), c.contraQuantity()),
                when(c.quantity() > 0 && c.contraQuantity() > 0 && c.price() >= c.contraPrice(), Reason.QUOTE_CROSSED)));
    }

    private Reason quoted(Command c, Side side, long id, long price, long quantity) {
        NaiveOrder there = book.find(id);
        Reason owned = there == null ? Reason.NONE : there.account != c.account() ? Reason.NOT_OWNER
                : when(there.side != side || !there.quote, Reason.DUPLICATE_ORDER_ID);
        return quantity == 0 ? owned : first(Stream.of(owned, limit(price), quantity(price, quantity), collar(side, price)));
    }

    Reason cross(Command c) {
        long bid = book.bestShown(Side.BUY);
        long offer = book.bestShown(Side.SELL);
        boolean between = c.price() > bid && (offer == 0 || c.price() < offer);
        return first(Stream.of(
                when(book.rules().dark(), Reason.NOT_IN_THIS_BOOK),
                when(c.orderId() <= 0 || c.contraOrderId() <= 0 || c.orderId() == c.contraOrderId(), Reason.INVALID_ORDER_ID),
                when(c.account() <= 0 || c.contraAccount() <= 0, Reason.INVALID_ACCOUNT),
                when(book.phase != TradingPhase.CONTINUOUS, Reason.WRONG_PHASE),
                when(book.find(c.orderId()) != null || book.find(c.contraOrderId()) != null, Reason.DUPLICATE_ORDER_ID),
                limit(c.price()),
                quantity(c.price(), c.quantity()),
                collar(Side.BUY, c.price()),
                collar(Side.SELL, c.price()),
                when(!between || !book.inBand(c.price()), Reason.CROSS_OUTSIDE_SPREAD)));
    }

    Reason lit(Command c) {
        long most = book.rules().maxPrice();
        return first(Stream.of(
                when(!book.rules().dark(), Reason.NOT_IN_THIS_BOOK),
                when(c.price() < 0 || c.price() > most || c.contraPrice() < 0 || c.contraPrice() > most, Reason.INVALID_PRICE),
                when((c.price() == 0) != (c.contraPrice() == 0), Reason.INVALID_PRICE),
                when(c.price() > c.contraPrice(), Reason.QUOTE_CROSSED)));
    }

    Reason phase(Command c) {
        TradingPhase from = book.phase;
        TradingPhase to = c.phase();
        boolean allowed = to != from && switch (from) {
            case CLOSED -> to == TradingPhase.PRE_OPEN || to == TradingPhase.OPENING_AUCTION;
            case PRE_OPEN, HALT -> to != TradingPhase.PRE_OPEN;
            default -> to != TradingPhase.PRE_OPEN && to != TradingPhase.OPENING_AUCTION;
        };
        boolean timed = to.auction() || to == TradingPhase.HALT;
        return first(Stream.of(when(!allowed, Reason.INVALID_TRANSITION),
                when(c.expireTime() != 0 && (!timed || c.expireTime() <= book.now), Reason.INVALID_EXPIRE_TIME)));
    }
}
