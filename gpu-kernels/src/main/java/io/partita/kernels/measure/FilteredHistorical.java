package io.partita.kernels.measure;

/**
 * Filtered historical simulation: each day's profit is divided by the volatility that was expected of that day and multiplied by that expected of tomorrow, so
 * that a quiet past does not hide a wild present (Hull and White, "Incorporating volatility updating into the historical simulation method for value at risk",
 * 1998; Barone-Adesi, Giannopoulos and Vosper, 1999). The volatility is that of the whole portfolio's profit with today's exposures, exponentially weighted as
 * in {@link Volatility#ewma}: it follows changes of correlations too, and costs as little for ten thousand positions as for one.
 *
 * @param decay of the volatility's weights, in (0.5, 1)
 */
public record FilteredHistorical(double decay) implements RiskModel {

    /** With the decay that RiskMetrics uses for days. */
    public static final FilteredHistorical DAILY = new FilteredHistorical(Volatility.DAILY_DECAY);

    public FilteredHistorical {
        Checks.decay(decay);
    }

    @Override
    public RiskEstimate measure(double[] profit, double level) {
        Checks.series(profit);
        double[] rescaled = rescaled(profit, Ewma.variances(profit, decay));
        return Tail.of(rescaled, level).risk();
    }

    private static double[] rescaled(double[] profit, double[] variances) {
        double[] rescaled = new double[profit.length];
        for (int t = 0; t < profit.length; t++) {
            rescaled[t] = scale(variances, t) * profit[t];
        }
        return rescaled;
    }

    /** A variance is 0 only if all profits are. */
    private static double scale(double[] variances, int day) {
        return variances[day] == 0 ? 1 : Math.sqrt(variances[variances.length - 1] / variances[day]);
    }

    @Override
    public Gradient gradient(ReturnTable returns, double[] exposures, double level) {
        double[] profit = returns.profit(exposures);
        double[] variances = Ewma.variances(profit, decay);
        double[] rescaled = rescaled(profit, variances);
        Tail tail = Tail.of(rescaled, level);
        ReturnTable simple = returns.simple();
        double[] value = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int asset = 0; asset < exposures.length; asset++) {
            double[] own = simple.column(asset);
            double[] comoments = Ewma.comoments(profit, own, decay);
            value[asset] = loss(tail.outcome(), profit, own, variances, comoments);
            for (int i = 0; i < tail.outcomes().length; i++) {
                shortfall[asset] += tail.weights()[i] * loss(tail.outcomes()[i], profit, own, variances, comoments);
            }
        }
        return new Gradient(tail.risk(), value, shortfall);
    }

    /** Derivative of one rescaled loss: by the return itself, and by how the asset moves both volatilities. */
    private static double loss(int day, double[] profit, double[] own, double[] variances, double[] comoments) {
        double scale = scale(variances, day);
        int next = profit.length;
        double drift = variances[day] == 0 ? 0 : comoments[next] / variances[next] - comoments[day] / variances[day];
        return 0 - scale * (own[day] + profit[day] * drift);
    }
}
