package io.partita.kernels.measure;

import io.partita.kernels.TailRisk;

/**
 * The worst of some equally likely outcomes, by the convention of {@link TailRisk}: of 250 days at 99 % the value at risk is the third greatest loss, of 500
 * the sixth.
 *
 * @param outcome  which one is the value at risk
 * @param outcomes those beyond the level, the worst first, with it
 * @param weights  of each in the expected shortfall; they add up to one
 * @param risk     of them
 */
record Tail(int outcome, int[] outcomes, double[] weights, RiskEstimate risk) {

    static Tail of(double[] profit, double level) {
        Checks.series(profit);
        TailRisk tail = TailRisk.of(profit, level);
        int[] outcomes = tail.tail();
        // Not -0: a portfolio that does not move has a risk of 0.
        return new Tail(outcomes[outcomes.length - 1], outcomes, tail.weights(), new RiskEstimate(0 + tail.valueAtRisk(), 0 + tail.shortfall()));
    }
}
