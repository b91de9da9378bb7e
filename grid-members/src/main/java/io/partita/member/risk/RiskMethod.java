package io.partita.member.risk;

import io.partita.kernels.measure.FilteredHistorical;
import io.partita.kernels.measure.FittedHistorical;
import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.RiskModel;
import io.partita.kernels.measure.Volatility;
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

    /** What measures; nothing for scenarios. */
    Optional<RiskModel> model() {
        return Optional.ofNullable(model);
    }
}
