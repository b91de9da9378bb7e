package io.partita.marketdata.stream;

import com.hazelcast.map.ExtendedMapEntry;
import io.partita.marketdata.bars.BarSize;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the grid keeps a bar, and its indicators, after they were last written: some 1,500 of a size, and days for good. */
final class Retention {

    private Retention() {
    }

    /** Puts what belongs to a bar of this size, for as long as that is kept. */
    static <V> void keep(Map.Entry<BarKey, V> entry, V value, BarSize size) {
        long seconds = seconds(size);
        if (seconds == 0) {
            entry.setValue(value);
        } else {
            ((ExtendedMapEntry<BarKey, V>) entry).setValue(value, seconds, TimeUnit.SECONDS);
        }
    }

    /** In seconds; 0 for ever. */
    private static long seconds(BarSize size) {
        return switch (size) {
            case SECOND -> Duration.ofMinutes(30).toSeconds();
            case MINUTE -> Duration.ofDays(1).toSeconds();
            case FIVE_MINUTES -> Duration.ofDays(5).toSeconds();
            case HOUR -> Duration.ofDays(60).toSeconds();
            case DAY -> 0;
        };
    }
}
