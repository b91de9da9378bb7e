package io.partita.console.marketdata;

import io.partita.console.ui.Pill.Tone;
import java.util.Locale;

/** What members call by codes, in words, and what it means for the reader. */
final class Words {

    private Words() {
    }

    /** {@code LEVEL_SHIFT} is "Level shift". */
    static String of(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Of a fault of a tick: some are used nevertheless. */
    static Tone tone(String fault) {
        return switch (fault) {
            case "OUT_OF_ORDER", "GAP" -> Tone.CALM;
            case "DUPLICATE", "STALE" -> Tone.WAITING;
            default -> Tone.BAD;
        };
    }

    static Tone severity(String severity) {
        return switch (severity) {
            case "CRITICAL" -> Tone.BAD;
            case "WARNING" -> Tone.WAITING;
            default -> Tone.CALM;
        };
    }
}
