package io.partita.marketdata.bars;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long bars are. Each begins at a whole multiple of its length since 1970, a day at midnight UTC. Ordinals are part of the encoding. */
public enum BarSize {
    SECOND("1s", TimeUnit.SECONDS.toNanos(1)),
    MINUTE("1m", TimeUnit.MINUTES.toNanos(1)),
    FIVE_MINUTES("5m", TimeUnit.MINUTES.toNanos(5)),
    HOUR("1h", TimeUnit.HOURS.toNanos(1)),
    DAY("1d", TimeUnit.DAYS.toNanos(1));

    private final String text;
    private final long nanos;

    BarSize(String text, long nanos) {
        this.text = text;
        this.nanos = nanos;
    }

    public static Optional<BarSize> parse(String text) {
        for (BarSize size : values()) {
            if (size.text.equals(text)) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }

    public long nanos() {
        return nanos;
    }

    /** When the bar begins that a moment belongs to. */
    public long start(long time) {
        return Math.floorDiv(time, nanos) * nanos;
    }

    @Override
    public String toString() {
        return text;
    }
}
