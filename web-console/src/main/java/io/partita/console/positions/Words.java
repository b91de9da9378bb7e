package io.partita.console.positions;

import java.util.Locale;

/** What members call by codes, in words. */
final class Words {

    private Words() {
    }

    /** {@code CURRENCY_PAIR} is "Currency pair". */
    static String of(String code) {
        if (code.equals("FX_FORWARD")) {
            return "FX forward";
        }
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Why a position is in no sum. */
    static String missing(String code) {
        return switch (code) {
            case "MISSING_PRICE" -> "No price";
            case "MISSING_RATE" -> "No rate";
            case "UNKNOWN_PRODUCT" -> "Unknown product";
            default -> of(code);
        };
    }
}
