package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.Reason;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;

/** Decides, before anything is changed, whether a command can be done. Every check has a reason of its own. */
final class Admission {

    /** What a limit order for the day can have in its terms, besides its side. */
    private static final int SPECIAL = ~(1 | 7 << 1 | 7 << 4 | 7 << 7 | Terms.CANCEL_ON_DISCONNECT | Terms.QUOTE);

    private final BookState state;
    private final Instrument instrument;

    Admission(BookState state) {
        this.state = state;
        this.instrument = state.instrument;
    }

    /** {@link Reason#NONE} if the order can be taken. */
    Reason order(Command command) {
        Reason reason = identity(command);
        if (reason != Reason.NONE) {
            return reason;
        }
        int terms = command.terms();
        OrderType type = Terms.type(terms);
        if (state.dark && !dark(command, terms, type)) {
            return Reason.NOT_IN_THIS_BOOK;
        }
        reason = price(terms, type, command.price());
        if (reason == Reason.NONE) {
            reason = quantity(command.price(), command.quantity());
        }
        if (reason == Reason.NONE && type != OrderType.LIMIT
                || (terms & SPECIAL) != 0
                || Terms.timeInForce(terms) != TimeInForce.DAY
                || !command.plain()) {
            reason = reason == Reason.NONE ? special(command, terms, type) : reason;
        }
        if (reason != Reason.NONE) {
            return reason;
        }
        if (outsideCollar(terms, command.price())) {
            return Reason.PRICE_OUTSIDE_COLLAR;
        }
        if (Terms.has(terms, Terms.POST_ONLY) && wouldTake(terms & 1, command.price())) {
            return Reason.POST_ONLY_WOULD_TAKE;
        }
        return Reason.NONE;
    }

    /** What a dark book takes: nothing that needs prices or auctions of its own, or that waits for a minimum. */
    private static boolean dark(Command command, int terms, OrderType type) {
        TimeInForce time = Terms.timeInForce(terms);
        boolean plain = (type == OrderType.LIMIT || type == OrderType.MARKET) && time != TimeInForce.AT_THE_OPENING && time != TimeInForce.AT_THE_CLOSE;
        return plain && !Terms.has(terms, Terms.POST_ONLY | Terms.ALL_OR_NONE) && (command.display() | command.minimum()) == 0;
    }

    private Reason identity(Command command) {
        if (command.orderId() <= 0) {
            return Reason.INVALID_ORDER_ID;
        }
        if (command.account() <= 0) {
            return Reason.INVALID_ACCOUNT;
        }
        if (!state.phase.open()) {
            return Reason.WRONG_PHASE;
        }
        if (state.ids.get(command.orderId()) != 0) {
            return Reason.DUPLICATE_ORDER_ID;
        }
        return state.pool.size() >= Instrument.MAX_ORDERS - 1 ? Reason.BOOK_FULL : Reason.NONE;
    }

    /** The price that an order of this type has or has not. */
    Reason price(int terms, OrderType type, long price) {
        boolean limited = type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
        if (price == 0 && !limited) {
            return Reason.NONE;
        }
        if (!limited && type != OrderType.PEGGED) {
            return Reason.PRICE_NOT_ALLOWED;
        }
        return limit(price);
    }

    Reason limit(long price) {
        if (price < 1 || price > instrument.maxPrice()) {
            return Reason.INVALID_PRICE;
        }
        return instrument.ticks().fits(price, price) ? Reason.NONE : Reason.OFF_TICK;
    }

    Reason quantity(long price, long quantity) {
        if (quantity < 1 || quantity > instrument.maxQuantity()) {
            return Reason.INVALID_QUANTITY;
        }
        return instrument.lots().fits(lotPrice(price), quantity) ? Reason.NONE : Reason.ODD_LOT;
    }

    /** What has no price of its own has its lot from the last one. */
    private long lotPrice(long price) {
        return price > 0 ? price : state.last > 0 ? state.last : state.reference;
    }

    private Reason special(Command command, int terms, OrderType type) {
        if (state.watching() >= BookState.MOST_WATCHING && watches(command, terms, type)) {
            return Reason.BOOK_FULL;
        }
        Reason reason = quantities(command, terms, type);
        if (reason == Reason.NONE) {
            reason = stops(command, type);
        }
        if (reason == Reason.NONE) {
            reason = pegs(command, terms, type);
        }
        return reason == Reason.NONE ? times(command, terms, type) : reason;
    }

    private static boolean watches(Command command, int terms, OrderType type) {
        boolean waits = (Terms.has(terms, Terms.ALL_OR_NONE) || command.minimum() > 0) && !Terms.timeInForce(terms).immediate();
        return waits || type == OrderType.PEGGED || type == OrderType.TRAILING_STOP;
    }

    private Reason quantities(Command command, int terms, OrderType type) {
        long display = command.display();
        boolean hidden = Terms.has(terms, Terms.HIDDEN);
        if (display < 0 || display > command.quantity() || !instrument.lots().fits(lotPrice(command.price()), display)) {
            return Reason.INVALID_DISPLAY_QUANTITY;
        }
        if (command.minimum() < 0 || command.minimum() > command.quantity()) {
            return Reason.INVALID_MINIMUM_QUANTITY;
        }
        boolean immediate = Terms.timeInForce(terms).immediate();
        boolean partlySeen = hidden || display > 0;
        boolean conditional = Terms.has(terms, Terms.ALL_OR_NONE) || command.minimum() > 0;
        boolean postOnly = Terms.has(terms, Terms.POST_ONLY);
        if (partlySeen && (hidden && display > 0 || immediate || type != OrderType.LIMIT && type != OrderType.STOP_LIMIT)) {
            return Reason.INVALID_COMBINATION;
        }
        if (postOnly && (immediate || type != OrderType.LIMIT || conditional)) {
            return Reason.INVALID_COMBINATION;
        }
        if (conditional && (type != OrderType.LIMIT || partlySeen || Terms.timeInForce(terms) == TimeInForce.FILL_OR_KILL
                || Terms.has(terms, Terms.ALL_OR_NONE) && command.minimum() > 0)) {
            return Reason.INVALID_COMBINATION;
        }
        return Reason.NONE;
    }

    private Reason stops(Command command, OrderType type) {
        if (!type.waitsForStop()) {
            return command.stopPrice() == 0 ? Reason.NONE : Reason.INVALID_COMBINATION;
        }
        boolean trailing = type == OrderType.TRAILING_STOP;
        if (trailing && (command.offset() < 1 || command.offset() > instrument.maxPrice())) {
            return Reason.INVALID_OFFSET;
        }
        if (trailing && command.stopPrice() == 0) {
            return state.last > 0 ? Reason.NONE : Reason.NO_REFERENCE_PRICE;
        }
        return limit(command.stopPrice()) == Reason.NONE ? Reason.NONE : Reason.INVALID_STOP_PRICE;
    }

    private Reason pegs(Command command, int terms, OrderType type) {
        boolean pegged = type == OrderType.PEGGED;
        if (pegged != (Terms.peg(terms) != PegReference.NONE)) {
            return Reason.INVALID_COMBINATION;
        }
        if (!pegged && type != OrderType.TRAILING_STOP && command.offset() != 0) {
            return Reason.INVALID_COMBINATION;
        }
        return command.offset() < 0 || command.offset() > instrument.maxPrice() ? Reason.INVALID_OFFSET : Reason.NONE;
    }

    private Reason times(Command command, int terms, OrderType type) {
        TimeInForce time = Terms.timeInForce(terms);
        boolean dated = time == TimeInForce.GOOD_TILL_DATE;
        if (dated ? command.expireTime() <= state.now : command.expireTime() != 0) {
            return dated ? Reason.INVALID_EXPIRE_TIME : Reason.INVALID_COMBINATION;
        }
        boolean auctionOnly = time == TimeInForce.AT_THE_OPENING || time == TimeInForce.AT_THE_CLOSE;
        boolean plain = type == OrderType.LIMIT || type == OrderType.MARKET || type == OrderType.MARKET_TO_LIMIT;
        boolean conditional = Terms.has(terms, Terms.ALL_OR_NONE | Terms.POST_ONLY) || command.minimum() > 0;
        if (auctionOnly && (!plain || conditional) || time.immediate() && type == OrderType.PEGGED) {
            return Reason.INVALID_COMBINATION;
        }
        boolean opening = state.phase == TradingPhase.PRE_OPEN || state.phase == TradingPhase.OPENING_AUCTION;
        if (time == TimeInForce.AT_THE_OPENING && !opening || time.immediate() && plain && !state.continuous()) {
            return Reason.TIME_IN_FORCE_NOT_IN_PHASE;
        }
        return Reason.NONE;
    }

    /** Only a price that goes through the reference is outside: a buyer who asks for little harms no one. */
    boolean outsideCollar(int terms, long price) {
        return price != 0 && ((terms & 1) == BookState.BUY ? price > state.collarHigh : price < state.collarLow);
    }

    /** Whether a limit order would trade at once. */
    boolean wouldTake(int side, long price) {
        if (!state.continuous()) {
            return false;
        }
        Ladder other = state.book[side ^ 1];
        int level = other.best();
        return level != 0 && (side == BookState.BUY ? other.price(level) <= price : other.price(level) >= price);
    }
}
