package io.partita.console.marketdata;

import java.time.Duration;
import java.util.List;

/** Sizes of bars. */
final class Sizes {

    static final List<String> ALL = List.of("1s", "1m", "5m", "1h", "1d");
    static final String USUAL = "1m";

    private Sizes() {
    }

    static Duration length(String size) {
        return switch (size) {
            case "1s" -> Duration.ofSeconds(1);
            case "5m" -> Duration.ofMinutes(5);
            case "1h" -> Duration.ofHours(1);
            case "1d" -> Duration.ofDays(1);
            default -> Duration.ofMinutes(1);
        };
    }

    static String name(String size) {
        return switch (size) {
            case "1s" -> "1 second";
            case "1m" -> "1 minute";
            case "5m" -> "5 minutes";
            case "1h" -> "1 hour";
            case "1d" -> "1 day";
            default -> size;
        };
    }
}
