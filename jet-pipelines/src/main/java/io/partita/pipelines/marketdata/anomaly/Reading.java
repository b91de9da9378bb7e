package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Attribution;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A bar beside what was expected of it; arrays by ordinal of {@link Feature}, NaN where the bar or history does not tell.
 *
 * @param before      the bar before; null for the first
 * @param afterBreak  true for the first bar after a night, or another time without bars
 * @param scale       robust deviation of the price feature, in logarithmic return
 * @param observed    values
 * @param expected    medians of what was before
 * @param deviations  how far apart they are, in robust deviations
 */
record Reading(Observation bar, Observation before, boolean afterBreak, MarketContext market, double scale, double[] observed, double[] expected,
               double[] deviations) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    double observed(Feature feature) {
        return observed[feature.ordinal()];
    }

    double deviation(Feature feature) {
        return deviations[feature.ordinal()];
    }

    long time() {
        return bar.time();
    }

    /** An anomaly that is known with this bar, and began with another or this one. */
    Anomaly anomaly(AnomalyKind kind, Severity severity, long from, double score, List<Attribution> attributions, String explanation) {
        return new Anomaly(bar.instrument(), kind, severity, from, time(), time(), score, attributions, explanation, 1);
    }

    /** All features that are known, each with its part of the sum of deviations. */
    List<Attribution> attributions() {
        return attributions(Arrays.stream(deviations).map(Math::abs).toArray());
    }

    /** All features that are known, each with its part of weights. */
    List<Attribution> attributions(double[] weights) {
        double sum = 0;
        for (Feature feature : Feature.values()) {
            sum += Double.isNaN(deviation(feature)) ? 0 : weights[feature.ordinal()];
        }
        double all = sum == 0 ? 1 : sum;
        return Arrays.stream(Feature.values()).filter(feature -> !Double.isNaN(deviation(feature)))
                .map(feature -> new Attribution(feature, observed(feature), expected[feature.ordinal()], deviation(feature),
                        weights[feature.ordinal()] / all))
                .sorted(Comparator.comparingDouble(Attribution::share).reversed()).toList();
    }

    /** One feature that is all there is to say. */
    List<Attribution> attribution(Feature feature) {
        return List.of(new Attribution(feature, observed(feature), expected[feature.ordinal()], deviation(feature), 1));
    }
}
