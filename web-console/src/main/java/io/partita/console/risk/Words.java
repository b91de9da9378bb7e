package io.partita.console.risk;

import java.util.Locale;

/** What members call by codes, in words. */
final class Words {

    private Words() {
    }

    /** {@code HARD_BREACH} is "Hard breach". */
    static String of(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** What a scenario moves: symbols and currencies as they are. */
    static String factor(String factor) {
        return factor.equals("VOLATILITY") || factor.equals("RATE") ? of(factor) : factor;
    }

    /** Why a position is in no figure. */
    static String left(String reason) {
        return switch (reason) {
            case "MISSING_PRICE" -> "No price";
            case "MISSING_RATE" -> "No rate to the base currency";
            case "HISTORY_TOO_SHORT" -> "No price yet when the window begins";
            case "STALE_PRICES" -> "The same price for eleven days";
            case "NOT_POSITIVE" -> "A price that is not above zero";
            case "EXPIRED" -> "Its last day is over";
            case "MISSING_UNDERLYING" -> "An option on what has no price";
            case "NO_VOLATILITY" -> "No volatility explains the option's price";
            case "NO_VOLUME" -> "Nobody is known to trade it";
            case "HORIZON_OUT_OF_RANGE" -> "Longer than 250 days to sell";
            default -> of(reason);
        };
    }
}
