package io.partita.kernels.measure;

/**
 * Filtered historical simulation whose volatility forgets as fast as the window itself says: with the {@linkplain Volatility#likeliestDecay likeliest decay} of
 * the portfolio's profits, found anew for each window. The decay comes from a grid, so that small changes of exposures do not change it and derivatives are those
 * of {@link FilteredHistorical}.
 */
public record FittedHistorical() implements RiskModel {

    @Override
    public RiskEstimate measure(double[] profit, double level) {
        return fitted(profit).measure(profit, level);
    }

    @Override
    public Gradient gradient(ReturnTable returns, double[] exposures, double level) {
        return fitted(returns.profit(exposures)).gradient(returns, exposures, level);
    }

    private static FilteredHistorical fitted(double[] profit) {
        Checks.series(profit);
        return new FilteredHistorical(Volatility.likeliestDecay(profit));
    }
}
