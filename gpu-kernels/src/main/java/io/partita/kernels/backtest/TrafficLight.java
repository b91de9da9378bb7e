package io.partita.kernels.backtest;

/**
 * The zones of the Basel Committee, "Supervisory framework for the use of backtesting in conjunction with the internal models approach to market risk
 * capital requirements", 1996.
 *
 * <p>The zone is that of the probability of at most so many exceptions: yellow from 95 %, red from 99.99 %. The multiplier is the committee's table for 250
 * days at 99 %: 3 in green, 3.40, 3.50, 3.65, 3.75 and 3.85 for five to nine exceptions, 4 in red. Other numbers of days and levels have no table: there it is
 * that of the greatest number of exceptions in 250 days at 99 % that is not less likely to be exceeded, and that of the zone's ends at least or at most.
 *
 * @param zone        the colour
 * @param probability of at most so many exceptions if the forecasts are right
 * @param multiplier  of the capital
 */
public record TrafficLight(Zone zone, double probability, double multiplier) {

    private static final double YELLOW = 0.95;
    private static final double RED = 0.9999;
    private static final int TABLE_DAYS = 250;
    private static final double TABLE_RATE = 0.01;
    private static final int FIRST_YELLOW = 5;
    private static final double[] YELLOW_MULTIPLIERS = {3.40, 3.50, 3.65, 3.75, 3.85};

    /** What supervisors make of the number of exceptions. */
    public enum Zone {
        /** As expected. */
        GREEN,
        /** More than expected, but it may be chance. */
        YELLOW,
        /** Not by chance. */
        RED
    }

    static TrafficLight of(int days, int exceptions, double level) {
        Coverage.check(days, exceptions, level);
        double probability = atMost(exceptions, days, 1 - level);
        if (probability < YELLOW) {
            return new TrafficLight(Zone.GREEN, probability, 3);
        }
        if (probability >= RED) {
            return new TrafficLight(Zone.RED, probability, 4);
        }
        int row = YELLOW_MULTIPLIERS.length - 1;
        while (row > 0 && atMost(FIRST_YELLOW + row, TABLE_DAYS, TABLE_RATE) > probability * (1 + 1e-12)) {
            row--;
        }
        return new TrafficLight(Zone.YELLOW, probability, YELLOW_MULTIPLIERS[row]);
    }

    /** Binomial probability of at most so many, from the ratio of neighbours in logarithms, so that nothing underflows. */
    static double atMost(int count, int days, double rate) {
        double log = days * StrictMath.log1p(-rate);
        double odds = StrictMath.log(rate) - StrictMath.log1p(-rate);
        double sum = StrictMath.exp(log);
        for (int k = 0; k < count; k++) {
            log += StrictMath.log((double) (days - k) / (k + 1)) + odds;
            sum += StrictMath.exp(log);
        }
        return Math.min(1, sum);
    }
}
