package io.partita.kernels;

/**
 * Who makes the risk, by the scenarios of the tail alone. Every number is a loss, in money.
 *
 * <p>Component value at risk of a position is its mean loss over the scenarios around the one at value at risk, a few dozen, since a single
 * one is chance. The components are then scaled so that they add up to it; if they sum to less than half of it or more than twice, what
 * they miss is divided by their sizes. Component shortfall is its mean loss over the tail, with the weights that shortfall has. A component
 * is also the marginal risk: by how much the portfolio's would grow if the position grew, per whole position (Euler's theorem for
 * homogeneous functions; D. Tasche, "Risk contributions and performance measurement", 1999).
 *
 * @param risk                of the portfolio
 * @param componentValueAtRisk by position; they sum to the value at risk
 * @param componentShortfall   by position; they sum to the expected shortfall
 * @param factorShare          by factor: how much of the shortfall would go if the factor did not move in the tail's scenarios. These do not
 *                             sum to the shortfall where factors act together.
 */
public record Attribution(TailRisk risk, double[] componentValueAtRisk, double[] componentShortfall, double[] factorShare) {

    private static final int LEAST_WINDOW = 10;
    private static final double WINDOW_PART = 0.1;

    /**
     * Divides a risk.
     *
     * @param profits what {@link KernelEngine#profits} gave for these scenarios and this portfolio
     * @throws KernelRefusedException as {@link TailRisk#of} and {@link KernelEngine#gains}
     */
    public static Attribution of(KernelEngine engine, Scenarios scenarios, Portfolio portfolio, double[] profits, double level) {
        Checks.length(profits.length, scenarios.count(), "profits");
        TailRisk risk = TailRisk.of(profits, level);
        int tail = risk.tail().length;
        int window = Math.min(Math.max(LEAST_WINDOW, (int) (tail * WINDOW_PART)), tail - 1);
        int[] near = Selection.smallest(profits, Math.min(tail + window, profits.length));
        double[] gains = engine.gains(scenarios, portfolio, near);
        int positions = portfolio.positions();
        double[] around = new double[positions];
        int begin = tail - 1 - window;
        for (int k = begin; k < near.length; k++) {
            addLosses(gains, k, 1.0 / (near.length - begin), around);
        }
        double[] shortfall = new double[positions];
        double[] weights = TailRisk.weights(profits.length, level);
        for (int k = 0; k < tail; k++) {
            addLosses(gains, k, weights[k], shortfall);
        }
        complete(around, risk.valueAtRisk());
        complete(shortfall, risk.shortfall());
        return new Attribution(risk, around, shortfall, factorShares(engine, scenarios, portfolio, risk.tail(), weights));
    }

    private static void addLosses(double[] gains, int k, double weight, double[] sums) {
        for (int p = 0; p < sums.length; p++) {
            sums[p] -= weight * gains[k * sums.length + p];
        }
    }

    /** Makes the parts sum to a whole: in proportion if that is near, and else by their sizes; parts that are all zero stay so. */
    private static void complete(double[] parts, double whole) {
        double sum = 0;
        double sizes = 0;
        for (double part : parts) {
            sum += part;
            sizes += Math.abs(part);
        }
        boolean near = whole / sum > 0.5 && whole / sum < 2;
        for (int p = 0; p < parts.length && sizes > 0; p++) {
            parts[p] = near ? parts[p] * (whole / sum) : parts[p] + (whole - sum) * Math.abs(parts[p]) / sizes;
        }
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
