package io.partita.console.trading;

import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.TimeInForce;
import java.util.List;
import java.util.Locale;

/**
 * Which instructions an order of a type and time in force can have; the books have the last word (docs/trading.md). Immutable.
 */
record OrderTerms(OrderType type, TimeInForce timeInForce) {

    static final List<OrderType> TYPES = List.of(OrderType.LIMIT, OrderType.MARKET, OrderType.MARKET_TO_LIMIT, OrderType.STOP, OrderType.STOP_LIMIT,
            OrderType.TRAILING_STOP, OrderType.PEGGED);
    static final List<TimeInForce> TIMES = List.of(TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE,
            TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL, TimeInForce.AT_THE_OPENING, TimeInForce.AT_THE_CLOSE);

    static String words(Enum<?> value) {
        return words(value.name());
    }

    /** {@code GOOD_TILL_DATE} as {@code Good till date}. */
    static String words(String name) {
        String text = name.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static String words(PegReference peg) {
        return switch (peg) {
            case NONE -> "Nothing";
            case PRIMARY -> "Best price of its side";
            case MID -> "Middle";
        };
    }

    static String words(SelfTradePrevention prevention) {
        return switch (prevention) {
            case NONE -> "Let it trade";
            case CANCEL_NEWEST -> "Cancel this order";
            case CANCEL_OLDEST -> "Cancel the other";
            case CANCEL_BOTH -> "Cancel both";
            case DECREMENT -> "Reduce both";
        };
    }

    /** What the type does, in a sentence. */
    String meaning() {
        return switch (type) {
            case LIMIT -> "";
            case MARKET -> "Trades at any price; what finds nobody is cancelled.";
            case MARKET_TO_LIMIT -> "Trades at the best price only; the rest becomes a limit order there.";
            case STOP -> "A market order once the last price reaches the stop price.";
            case STOP_LIMIT -> "A limit order once the last price reaches the stop price.";
            case TRAILING_STOP -> "A stop that follows the last price at its distance, and never goes back.";
            case PEGGED -> "Hidden; follows the book at its distance, never beyond its limit.";
        };
    }

    /** Has a limit, always or if wanted. */
    boolean priced() {
        return limited() || type == OrderType.PEGGED;
    }

    /** Must have a limit. */
    boolean limited() {
        return type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
    }

    boolean stopped() {
        return type.waitsForStop();
    }

    /** A trailing stop may begin at the last price. */
    boolean stopRequired() {
        return type == OrderType.STOP || type == OrderType.STOP_LIMIT;
    }

    boolean distant() {
        return type == OrderType.TRAILING_STOP || type == OrderType.PEGGED;
    }

    boolean dated() {
        return timeInForce == TimeInForce.GOOD_TILL_DATE;
    }

    /** Stands in the book, where a part of it, or all, may be kept from view. */
    boolean concealable() {
        return limited() && !timeInForce.immediate();
    }

    boolean postable() {
        return type == OrderType.LIMIT && !timeInForce.immediate() && !auctionOnly();
    }

    /** Can have a minimum quantity, or be all or none. */
    boolean conditional() {
        return type == OrderType.LIMIT && timeInForce != TimeInForce.FILL_OR_KILL && !auctionOnly();
    }

    private boolean auctionOnly() {
        return timeInForce == TimeInForce.AT_THE_OPENING || timeInForce == TimeInForce.AT_THE_CLOSE;
    }

    /** Times in force that orders of the type can have. */
    List<TimeInForce> times() {
        boolean plain = type == OrderType.LIMIT || type == OrderType.MARKET || type == OrderType.MARKET_TO_LIMIT;
        return TIMES.stream().filter(time -> switch (time) {
            case AT_THE_OPENING, AT_THE_CLOSE -> plain;
            case IMMEDIATE_OR_CANCEL, FILL_OR_KILL -> type != OrderType.PEGGED;
            default -> true;
        }).toList();
    }
}
