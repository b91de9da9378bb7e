package io.partita.marketdata.stream;

import io.partita.marketdata.bars.BarSize;
import java.time.Duration;

/** How long the grid keeps a bar, and its indicators, after they were last written: some 1,500 of a size, and days for good. */
final class Retention {

    private Retention() {
    }

    /** In seconds; 0 for ever. */
    static long seconds(BarSize size) {
        return switch (size) {
            case SECOND -> Duration.ofMinutes(30).toSeconds();
            case MINUTE -> Duration.ofDays(1).toSeconds();
            case FIVE_MINUTES -> Duration.ofDays(5).toSeconds();
            case HOUR -> Duration.ofDays(60).toSeconds();
            case DAY -> 0;
        };
    }
}
