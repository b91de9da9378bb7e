package io.partita.member.risk;

import io.partita.kernels.measure.Covariance;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.Shrinkage;
import io.partita.kernels.measure.Volatility;

/** How a covariance matrix is estimated. */
enum CovarianceKind {
    /** Drawn towards equal correlations as far as noise makes that pay. */
    LEDOIT_WOLF,
    /** Recent days count more. */
    EWMA,
    /** All days alike. */
    SAMPLE;

    /** @param intensity how far it was shrunk; null for those that are not */
    record Estimate(double[] matrix, Double intensity) {
    }

    Estimate of(ReturnTable returns) {
        return switch (this) {
            case LEDOIT_WOLF -> {
                Shrinkage shrunk = Shrinkage.of(returns);
                yield new Estimate(shrunk.matrix(), shrunk.intensity());
            }
            case EWMA -> new Estimate(Covariance.ewma(returns, Volatility.DAILY_DECAY), null);
            case SAMPLE -> new Estimate(Covariance.sample(returns), null);
        };
    }
}
