package io.partita.member.trading.fix;

import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;

/** FIX 4.4's words for ours. */
final class Words {

    static final String FIX44 = "FIX.4.4";

    /** Beside a book's terms: what is sold is not there yet. The book makes no difference, but its owner is told as they said. */
    static final int SHORT = 1 << 30;

    private Words() {
    }

    static char side(int terms) {
        return Terms.side(terms) == Side.BUY ? '1' : Terms.has(terms, SHORT) ? '5' : '2';
    }

    static Side side(char side) throws Refusal {
        return switch (side) {
            case '1' -> Side.BUY;
            case '2', '5' -> Side.SELL;
            default -> throw new Refusal(Refusal.UNSUPPORTED, "INVALID_REQUEST", "Side (54) is 1, 2 or 5, not " + side);
        };
    }

    static char type(int terms) {
        return switch (Terms.type(terms)) {
            case MARKET -> '1';
            case LIMIT -> '2';
            case STOP -> '3';
            case STOP_LIMIT -> '4';
            case MARKET_TO_LIMIT -> 'K';
            case PEGGED, TRAILING_STOP -> 'P';
        };
    }

    /** @param trailing whether ExecInst says that it is a trailing stop */
    static OrderType type(char type, boolean trailing) throws Refusal {
        return switch (type) {
            case '1' -> OrderType.MARKET;
            case '2' -> OrderType.LIMIT;
            case '3' -> OrderType.STOP;
            case '4' -> OrderType.STOP_LIMIT;
            case 'K' -> OrderType.MARKET_TO_LIMIT;
            case 'P' -> trailing ? OrderType.TRAILING_STOP : OrderType.PEGGED;
            default -> throw new Refusal(Refusal.UNSUPPORTED, "INVALID_REQUEST", "OrdType (40) is 1, 2, 3, 4, K or P, not " + type);
        };
    }

    static char timeInForce(int terms) {
        return switch (Terms.timeInForce(terms)) {
            case DAY -> '0';
            case GOOD_TILL_CANCEL -> '1';
            case AT_THE_OPENING -> '2';
            case IMMEDIATE_OR_CANCEL -> '3';
            case FILL_OR_KILL -> '4';
            case GOOD_TILL_DATE -> '6';
            case AT_THE_CLOSE -> '7';
        };
    }

    static TimeInForce timeInForce(char time) throws Refusal {
        return switch (time) {
            case '0' -> TimeInForce.DAY;
            case '1' -> TimeInForce.GOOD_TILL_CANCEL;
            case '2' -> TimeInForce.AT_THE_OPENING;
            case '3' -> TimeInForce.IMMEDIATE_OR_CANCEL;
            case '4' -> TimeInForce.FILL_OR_KILL;
            case '6' -> TimeInForce.GOOD_TILL_DATE;
            case '7' -> TimeInForce.AT_THE_CLOSE;
            default -> throw new Refusal(Refusal.UNSUPPORTED, "INVALID_REQUEST", "TimeInForce (59) is 0 to 4, 6 or 7, not " + time);
        };
    }
}
