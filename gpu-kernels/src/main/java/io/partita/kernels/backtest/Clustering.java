package io.partita.kernels.backtest;

/**
 * Whether an exception makes another one on the next day more likely: the first-order Markov test of Christoffersen, "Evaluating interval forecasts", 1998.
 *
 * @param quietQuiet  days without an exception after one without
 * @param quietHit    with one after one without
 * @param hitQuiet    without one after one with
 * @param hitHit      with one after one with
 * @param independence that the chance is the same after both; one degree of freedom
 * @param conditional that it is what the level says after both: Kupiec's statistic over all days and that of independence, two degrees of freedom
 */
public record Clustering(int quietQuiet, int quietHit, int hitQuiet, int hitHit, LikelihoodTest independence, LikelihoodTest conditional) {

    static Clustering of(boolean[] hits, double level) {
        int[] counts = new int[4];
        int exceptions = hits.length > 0 && hits[0] ? 1 : 0;
        for (int day = 1; day < hits.length; day++) {
            counts[(hits[day - 1] ? 2 : 0) + (hits[day] ? 1 : 0)]++;
            exceptions += hits[day] ? 1 : 0;
        }
        LikelihoodTest coverage = Coverage.test(hits.length, exceptions, level);
        double ratio = logRatio(counts[0], counts[1], counts[2], counts[3]);
        return new Clustering(counts[0], counts[1], counts[2], counts[3], LikelihoodTest.of(ratio, 1),
                LikelihoodTest.of(Math.max(0, ratio) + coverage.statistic() / 2, 2));
    }

    private static double logRatio(int quietQuiet, int quietHit, int hitQuiet, int hitHit) {
        return fit(quietQuiet, quietHit) + fit(hitQuiet, hitHit) - fit(quietQuiet + hitQuiet, quietHit + hitHit);
    }

    /** Logarithm of the likelihood of so many hits at the rate that suits them best. */
    private static double fit(int quiet, int hits) {
        double rate = quiet + hits == 0 ? 0 : (double) hits / (quiet + hits);
        return LikelihoodTest.power(1 - rate, quiet) + LikelihoodTest.power(rate, hits);
    }
}
