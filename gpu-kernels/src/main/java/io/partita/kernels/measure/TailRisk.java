package io.partita.kernels.measure;

/**
 * Value at risk and expected shortfall of one portfolio at one level, as losses in money: positive where money is lost, negative where even the tail gains.
 *
 * @param valueAtRisk       what is lost at most with the probability of the level
 * @param expectedShortfall the mean of the losses in the tail; never less than the value at risk
 */
public record TailRisk(double valueAtRisk, double expectedShortfall) {

    public TailRisk {
        Checks.finite(valueAtRisk);
        Checks.finite(expectedShortfall);
    }

    /**
     * For a longer horizon by the square root of time: right for independent days of one distribution with no mean.
     *
     * @throws MeasureException HORIZON_OUT_OF_RANGE
     */
    public TailRisk overDays(int horizon) {
        Checks.horizon(horizon);
        double factor = Math.sqrt(horizon);
        return new TailRisk(valueAtRisk * factor, expectedShortfall * factor);
    }
}
