package io.partita.kernels.backtest;

import io.partita.kernels.measure.RiskModel;
import io.partita.kernels.measure.RiskEstimate;
import java.util.Arrays;

/** Says the risk of a day from the days before it. */
@FunctionalInterface
public interface Forecaster {

    /**
     * The risk of one day.
     *
     * @param from first day that may be looked at
     * @param to   the day that is forecast; it and all later ones may not be looked at
     */
    RiskEstimate forecast(int from, int to);

    /** By a model, from the profits of the window. */
    static Forecaster of(RiskModel model, double[] profit, double level) {
        return (from, to) -> model.measure(Arrays.copyOfRange(profit, from, to), level);
    }
}
