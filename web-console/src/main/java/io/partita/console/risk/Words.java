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

    /** Why a position is in no figure. */
    static String left(String reason) {
        return switch (reason) {
            case "MISSING_PRICE" -> "No price";
            case "MISSING_RATE" -> "No rate to the base currency";
            case "HISTORY_TOO_SHORT" -> "No price yet when the window begins";
            case "STALE_PRICES" -> "The same price for eleven days";
            case "OPTION" -> "An option; they are not valued anew";
            default -> of(reason);
        };
    }
}
