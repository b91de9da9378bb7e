package io.partita.kernels.backtest;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.measure.RiskEstimate;

/** Rolls a window over a history, forecasts each day from the window before it, and judges the forecasts. Pure functions. */
public final class Backtest {

    private Backtest() {
    }

    /**
     * Forecasts every day that has a whole window before it.
     *
     * @param method     what the report calls it
     * @param profit     of each day, the oldest first
     * @param window     days that a forecast may look at
     * @param level      of the value at risk, in (0.5, 1)
     * @param seed       of what is simulated for the test of the shortfall
     * @throws KernelRefusedException TOO_FEW_OBSERVATIONS if no day has a whole window before it, or for a window below 2; NOT_FINITE;
     *                          LEVEL_OUT_OF_RANGE; and whatever the forecaster refuses
     */
    public static BacktestReport run(String method, double[] profit, int window, double level, Forecaster forecaster, long seed) {
        if (window < 2) {
            throw new KernelRefusedException(KernelRefusal.TOO_FEW_OBSERVATIONS, "a window of " + window);
        }
        if (profit.length <= window) {
            throw new KernelRefusedException(KernelRefusal.TOO_FEW_OBSERVATIONS, profit.length + " days with a window of " + window);
        }
        double[] losses = new double[profit.length - window];
        double[] valueAtRisk = new double[losses.length];
        double[] shortfall = new double[losses.length];
        for (int day = 0; day < losses.length; day++) {
            RiskEstimate forecast = forecaster.forecast(day, day + window);
            losses[day] = -profit[day + window];
            valueAtRisk[day] = forecast.valueAtRisk();
            shortfall[day] = forecast.expectedShortfall();
        }
        return BacktestReport.of(method, level, window, losses, valueAtRisk, shortfall, seed);
    }

    static void check(double[] losses, double[] valueAtRisk, double[] shortfall) {
        if (losses.length == 0 || losses.length != valueAtRisk.length || losses.length != shortfall.length) {
            throw new KernelRefusedException(KernelRefusal.DIMENSIONS_DIFFER,
                    losses.length + " losses, " + valueAtRisk.length + " values at risk, " + shortfall.length + " shortfalls");
        }
        for (int day = 0; day < losses.length; day++) {
            if (!Double.isFinite(losses[day]) || !Double.isFinite(valueAtRisk[day]) || !Double.isFinite(shortfall[day])) {
                throw new KernelRefusedException(KernelRefusal.NOT_FINITE, "day " + day);
            }
        }
    }
}
