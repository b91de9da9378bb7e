package io.partita.pipelines.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/**
 * Exponentially weighted mean of standardized values, in its own standard deviations (Roberts, 1959): sees small shifts that last. Not
 * thread-safe.
 */
final class EwmaChart implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final double weight;
    private double mean;
    /** (1 - weight) to the power of twice the number of values. */
    private double forgotten = 1;

    EwmaChart(double weight) {
        this.weight = weight;
    }

    void add(double value) {
        if (!Double.isNaN(value)) {
            mean += weight * (value - mean);
            forgotten *= (1 - weight) * (1 - weight);
        }
    }

    /** How far the mean is from 0; NaN before the first value. */
    double score() {
        return forgotten == 1 ? Double.NaN : mean / Math.sqrt(weight / (2 - weight) * (1 - forgotten));
    }
}
