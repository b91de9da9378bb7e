package io.partita.kernels;

/**
 * Who makes the risk, by the scenarios of the tail alone: positions by {@link TailParts}, and factors. Every number is a loss, in money.
 *
 * @param risk                of the portfolio
 * @param componentValueAtRisk by position; they sum to the value at risk
 * @param componentShortfall   by position; they sum to the expected shortfall
 * @param factorShare          by factor: how much of the shortfall would go if the factor did not move in the tail's scenarios. These do not
 *                             sum to the shortfall where factors act together.
 */
public record Attribution(TailRisk risk, double[] componentValueAtRisk, double[] componentShortfall, double[] factorShare) {

    /**
     * Divides a risk.
     *
     * @param profits what {@link KernelEngine#profits} gave for these scenarios and this portfolio
     * @throws KernelRefusedException as {@link TailRisk#of} and {@link KernelEngine#gains}
     */
    public static Attribution of(KernelEngine engine, Scenarios scenarios, Portfolio portfolio, double[] profits, double level) {
        Checks.length(profits.length, scenarios.count(), "profits");
        TailParts parts = TailParts.of(profits, level, portfolio.positions(), near -> engine.gains(scenarios, portfolio, near));
        return new Attribution(parts.risk(), parts.valueAtRisk(), parts.shortfall(),
                factorShares(engine, scenarios, portfolio, parts.risk().tail(), parts.risk().weights()));
    }

    private static double[] factorShares(KernelEngine engine, Scenarios scenarios, Portfolio portfolio, int[] tail, double[] weights) {
        int factors = scenarios.factors();
        double[] moves = engine.moves(scenarios, tail);
        double[] whole = engine.profits(new Scenarios.Given(tail.length, factors, moves), portfolio, Precision.DOUBLE);
        double[] shares = new double[factors];
        for (int i = 0; i < factors; i++) {
            double[] frozen = moves.clone();
            for (int k = 0; k < tail.length; k++) {
                frozen[k * factors + i] = 0;
            }
            double[] without = engine.profits(new Scenarios.Given(tail.length, factors, frozen), portfolio, Precision.DOUBLE);
            for (int k = 0; k < tail.length; k++) {
                shares[i] += weights[k] * (without[k] - whole[k]);
            }
        }
        return shares;
    }

    /** By how much the value at risk falls if a position goes: calculated anew over all scenarios, so not by the tail's alone. */
    public static double incrementalValueAtRisk(KernelEngine engine, Scenarios scenarios, Portfolio portfolio, Precision precision, TailRisk risk,
            int position) {
        double[] without = engine.profits(scenarios, portfolio.without(position), precision);
        return risk.valueAtRisk() - TailRisk.of(without, risk.level()).valueAtRisk();
    }
}
