package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusedException;

/**
 * Value at risk and expected shortfall of one portfolio at one level, as losses in money: positive where money is lost, negative where even the tail gains.
 *
 * @param valueAtRisk       what is lost at most with the probability of the level
 * @param expectedShortfall the mean of the losses in the tail; never less than the value at risk
 */
public record RiskEstimate(double valueAtRisk, double expectedShortfall) {

    public RiskEstimate {
        Checks.finite(valueAtRisk);
        Checks.finite(expectedShortfall);
    }

    /**
     * For a longer horizon by the square root of time: right for independent days of one distribution with no mean.
     *
     * @throws KernelRefusedException HORIZON_OUT_OF_RANGE
     */
    public RiskEstimate overDays(int horizon) {
        Checks.horizon(horizon);
        double factor = Math.sqrt(horizon);
        return new RiskEstimate(valueAtRisk * factor, expectedShortfall * factor);
    }
}
