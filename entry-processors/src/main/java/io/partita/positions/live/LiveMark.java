package io.partita.positions.live;

import io.partita.positions.book.Mark;
import io.partita.positions.product.Price;
import io.partita.time.EpochNanos;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Objects;

/**
 * A price that something may be valued by, and when it was made. Of all marks of a symbol the greatest counts: the latest by event time, then by number, then by
 * the time at which it came here. So a late price never takes the place of a later one, the same price twice is the same, a correction (the same
 * time and number, told later) takes the place of what it corrects, and whatever the order in which marks come, the last one standing is the same.
 *
 * @param time     when it was made, in nanoseconds since 1970; of a close the end of its day in UTC, or when it was told if that was before
 * @param number   of the trade among those of its source, 0 if it has none; of a close its version
 * @param received when it came here, likewise
 * @param source   who says so
 */
public record LiveMark(String symbol, Price price, long time, long number, long received, String source) implements Comparable<LiveMark> {

    /** What closes have for a source. */
    public static final String CLOSE = "close";
    private static final Comparator<LiveMark> IN_ORDER = Comparator.comparingLong(LiveMark::time).thenComparingLong(LiveMark::number)
            .thenComparingLong(LiveMark::received).thenComparing(LiveMark::price).thenComparing(LiveMark::source).thenComparing(LiveMark::symbol);

    public LiveMark {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(price, "price");
        Objects.requireNonNull(source, "source");
    }

    /** The close of a day. @param entered when it was told, in nanoseconds since 1970 */
    public static LiveMark close(String symbol, Price price, LocalDate day, int version, long entered) {
        return new LiveMark(symbol, price, Math.min(end(day), entered), version, entered, CLOSE);
    }

    private static long end(LocalDate day) {
        return EpochNanos.of(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)) - 1;
    }

    @Override
    public int compareTo(LiveMark other) {
        return IN_ORDER.compare(this, other);
    }

    /** Whether it takes the place of another one, which may be null. */
    public boolean replaces(LiveMark other) {
        return other == null || compareTo(other) > 0;
    }

    /** As valuations need it. */
    public Mark mark() {
        return new Mark(price, LocalDate.ofInstant(EpochNanos.instant(time), ZoneOffset.UTC), source.equals(CLOSE) ? Math.toIntExact(number) : 0);
    }
}
