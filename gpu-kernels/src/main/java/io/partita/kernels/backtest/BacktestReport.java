package io.partita.kernels.backtest;

import io.partita.kernels.KernelRefusedException;
import java.util.Arrays;

/**
 * What became of the forecasts of one method on one portfolio. The arrays belong to whoever asked for them.
 *
 * @param method       what forecast
 * @param level        of the value at risk
 * @param window       days that each forecast looked at
 * @param losses       of the days that were forecast, the oldest first
 * @param valueAtRisk  forecast of each
 * @param shortfall    forecast of each
 * @param coverage     Kupiec
 * @param clustering   Christoffersen
 * @param trafficLight Basel; of all days that were forecast
 * @param shortfallTest Acerbi and Szekely
 */
public record BacktestReport(String method, double level, int window, double[] losses, double[] valueAtRisk, double[] shortfall, LikelihoodTest coverage,
                             Clustering clustering, TrafficLight trafficLight, ShortfallTest shortfallTest) {

    /**
     * Judges forecasts, whoever made them.
     *
     * @param seed of what is simulated for the test of the shortfall
     * @throws KernelRefusedException DIMENSIONS_DIFFER, LEVEL_OUT_OF_RANGE, NOT_FINITE
     */
    public static BacktestReport of(String method, double level, int window, double[] losses, double[] valueAtRisk, double[] shortfall, long seed) {
        Backtest.check(losses, valueAtRisk, shortfall);
        boolean[] hits = new boolean[losses.length];
        int exceptions = 0;
        for (int day = 0; day < losses.length; day++) {
            hits[day] = losses[day] > valueAtRisk[day];
            exceptions += hits[day] ? 1 : 0;
        }
        return new BacktestReport(method, level, window, losses, valueAtRisk, shortfall, Coverage.test(losses.length, exceptions, level),
                Clustering.of(hits, level), TrafficLight.of(losses.length, exceptions, level),
                ShortfallTest.of(losses, valueAtRisk, shortfall, level, seed));
    }

    /** Days that were forecast. */
    public int days() {
        return losses.length;
    }

    /** On which of them more was lost than the value at risk; one that is met exactly is no exception. */
    public int[] exceptions() {
        int[] days = new int[losses.length];
        int count = 0;
        for (int day = 0; day < losses.length; day++) {
            if (losses[day] > valueAtRisk[day]) {
                days[count++] = day;
            }
        }
        return Arrays.copyOf(days, count);
    }

    /** How many exceptions are expected. */
    public double expected() {
        return days() * (1 - level);
    }

    /** Whether none of Kupiec's and Christoffersen's tests rejects the forecasts. */
    public boolean accepted(double significance) {
        return !coverage.rejects(significance) && !clustering.independence().rejects(significance) && !clustering.conditional().rejects(significance);
    }
}
