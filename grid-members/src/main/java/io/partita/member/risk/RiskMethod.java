package io.partita.member.risk;

import io.partita.kernels.measure.FilteredHistorical;
import io.partita.kernels.measure.FittedHistorical;
import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.RiskModel;
import io.partita.kernels.measure.Volatility;
import java.util.Arrays;
import java.util.Optional;

/** How the tail of a portfolio is made out from the days of the window. docs/risk.md says what became of each on real prices. */
enum RiskMethod {
    /** Tomorrow is one of the days. */
    HISTORICAL(new Historical()),
    /** One of the days, at the volatility of today. */
    FILTERED_HISTORICAL(FilteredHistorical.DAILY),
    /** The same with the decay that is likeliest. */
    FITTED_HISTORICAL(new FittedHistorical()),
    /** Normal, all days alike. */
    PARAMETRIC(Normal.EQUAL_WEIGHTS),
    /** Normal, recent days count more. */
    PARAMETRIC_EWMA(new Normal(Volatility.DAILY_DECAY)),
    /** Normal scenarios by a shrunk covariance. */
    MONTE_CARLO(null);

    private final RiskModel model;

    RiskMethod(RiskModel model) {
        this.model = model;
    }

    /** Whether options count by their first derivative, since a normal profit knows no other. */
    boolean byDelta() {
        return model instanceof Normal;
    }

    /**
     * By what the moves of each day are multiplied before options are valued anew: the volatility of today over that of the day, for those methods that filter.
     *
     * @param profit of the portfolio on each day by first derivatives, which has the volatility that amounts alone would have
     */
    double[] scales(double[] profit) {
        double[] scales = new double[profit.length];
        Arrays.fill(scales, 1);
        if (this == FILTERED_HISTORICAL || this == FITTED_HISTORICAL) {
            double[] volatility = Volatility.ewma(profit, this == FITTED_HISTORICAL ? Volatility.likeliestDecay(profit) : Volatility.DAILY_DECAY);
            for (int day = 0; day < scales.length && volatility[day] > 0; day++) {
                scales[day] = volatility[profit.length] / volatility[day];
            }
        }
        return scales;
    }

    /** What measures; nothing for scenarios. */
    Optional<RiskModel> model() {
        return Optional.ofNullable(model);
    }
}
