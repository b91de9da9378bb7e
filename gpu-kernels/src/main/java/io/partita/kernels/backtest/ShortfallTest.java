package io.partita.kernels.backtest;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether losses beyond the value at risk were as large as the expected shortfall said: the second test of Acerbi and Szekely, "Back-testing expected
 * shortfall", 2014, with the sign turned so that more than 0 is more loss than forecast: {@code sum of loss / shortfall over exceptions / (days * (1 - level)) - 1}.
 *
 * <p>What is likely under right forecasts is simulated: exceptions come with the probability of the level, independently, and a loss beyond the value at risk is
 * exponential with the mean that the forecast shortfall asks for. This tail agrees with both figures of each day, whatever model made them; the paper finds
 * that critical values depend little on the shape of the tail. Days with a shortfall of 0 or less are left out.
 *
 * @param days          that were tested
 * @param statistic     0 is expected; 0 too if no day was left
 * @param criticalValue what only 5 % of right forecasts exceed
 * @param pValue        part of the simulated statistics, this one included, that are at least as large
 * @param simulations   how many
 * @param seed          of the simulation: the same seed gives the same figures
 */
public record ShortfallTest(int days, double statistic, double criticalValue, double pValue, int simulations, long seed) {

    static final int SIMULATIONS = 10_000;
    private static final double SIGNIFICANCE = 0.05;

    static ShortfallTest of(double[] losses, double[] valueAtRisk, double[] shortfall, double level, long seed) {
        int[] tested = days(shortfall);
        if (tested.length == 0) {
            return new ShortfallTest(0, 0, 0, 1, 0, seed);
        }
        double expected = tested.length * (1 - level);
        double sum = 0;
        for (int day : tested) {
            sum += losses[day] > valueAtRisk[day] ? losses[day] / shortfall[day] : 0;
        }
        double statistic = sum / expected - 1;
        double[] simulated = simulated(tested, valueAtRisk, shortfall, level, seed);
        Arrays.sort(simulated);
        int first = firstAtLeast(simulated, statistic);
        double pValue = (1.0 + simulated.length - first) / (1.0 + simulated.length);
        double critical = simulated[simulated.length - 1 - (int) (SIGNIFICANCE * simulated.length)];
        return new ShortfallTest(tested.length, statistic, critical, pValue, SIMULATIONS, seed);
    }

    private static int[] days(double[] shortfall) {
        int[] days = new int[shortfall.length];
        int count = 0;
        for (int day = 0; day < shortfall.length; day++) {
            if (shortfall[day] > 0) {
                days[count++] = day;
            }
        }
        return Arrays.copyOf(days, count);
    }

    private static double[] simulated(int[] days, double[] valueAtRisk, double[] shortfall, double level, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] statistics = new double[SIMULATIONS];
        double quiet = StrictMath.log(level);
        for (int run = 0; run < statistics.length; run++) {
            double sum = 0;
            // From exception to exception: the days between are geometric.
            double at = gap(random, quiet);
            while (at < days.length) {
                int day = days[(int) at];
                double excess = -StrictMath.log(1 - random.nextDouble()) * (shortfall[day] - valueAtRisk[day]);
                sum += (valueAtRisk[day] + excess) / shortfall[day];
                at += 1 + gap(random, quiet);
            }
            statistics[run] = sum / (days.length * (1 - level)) - 1;
        }
        return statistics;
    }

    private static double gap(SplittableRandom random, double logOfQuiet) {
        return Math.floor(StrictMath.log(1 - random.nextDouble()) / logOfQuiet);
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int at = 0;
        while (at < sorted.length && sorted[at] < value) {
            at++;
        }
        return at;
    }

    /** Whether the forecasts are rejected as too low at a significance, such as 0.05. */
    public boolean rejects(double significance) {
        return pValue < significance;
    }
}
