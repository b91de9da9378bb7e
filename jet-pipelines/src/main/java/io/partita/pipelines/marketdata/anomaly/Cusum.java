package io.partita.pipelines.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * Cumulative sums of standardized values in both directions (Page, 1954), and the bar with which the larger one began: the most likely
 * point of the change. Not thread-safe.
 */
final class Cusum implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final double slack;
    private final double most;
    private double up;
    private double down;
    private long upSince;
    private long downSince;

    /**
     * @param slack what a value must exceed to count, half of the change that is looked for
     * @param most  no value counts for more, so that one alone is no change
     */
    Cusum(double slack, double most) {
        this.slack = slack;
        this.most = most;
    }

    void add(double value, long time) {
        if (Double.isNaN(value)) {
            return;
        }
        double counted = Math.clamp(value, -most, most);
        upSince = up == 0 ? time : upSince;
        downSince = down == 0 ? time : downSince;
        up = Math.max(0, up + counted - slack);
        down = Math.max(0, down - counted - slack);
    }

    /** The larger sum. */
    double score() {
        return Math.max(up, down);
    }

    double up() {
        return up;
    }

    boolean rising() {
        return up >= down;
    }

    /** When the larger sum began. */
    long since() {
        return rising() ? upSince : downSince;
    }

    /** When the sum of rises began. */
    long upSince() {
        return upSince;
    }

    void reset() {
        up = 0;
        down = 0;
    }
}
