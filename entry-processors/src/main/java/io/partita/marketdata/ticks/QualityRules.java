package io.partita.marketdata.ticks;

import java.util.concurrent.TimeUnit;

/**
 * When a tick is good. Times are nanoseconds.
 *
 * @param stale    older ones are not used
 * @param ahead    ones that are further in the future are not used
 * @param window   how many of the last prices make the band that others are held against; 0 for no band
 * @param width    half of the band, in deviations as estimated from quartiles
 * @param floor    half of the band at least, in ten-thousandths of the median
 * @param agreeing so many in a row that are outside the band but agree with each other are a new level and no spikes
 */
public record QualityRules(long stale, long ahead, int window, double width, int floor, int agreeing) {

    /** A minute, a second, 8 deviations of the last 64 prices but at least 2 in a hundred, 4 that agree. */
    public static final QualityRules USUAL = new QualityRules(TimeUnit.MINUTES.toNanos(1), TimeUnit.SECONDS.toNanos(1), 64, 8, 200, 4);

    public QualityRules {
        if (stale <= 0 || ahead < 0 || window < 0 || window > 10_000 || !(width > 0) || floor < 0 || agreeing < 1) {
            throw new IllegalArgumentException("rules of quality are positive, and a window is at most 10000 long");
        }
    }

    /** For history, which is as old as it is. */
    public QualityRules withStale(long other) {
        return new QualityRules(other, ahead, window, width, floor, agreeing);
    }

    public QualityRules withBand(int otherWindow, double otherWidth, int otherFloor, int otherAgreeing) {
        return new QualityRules(stale, ahead, otherWindow, otherWidth, otherFloor, otherAgreeing);
    }
}
