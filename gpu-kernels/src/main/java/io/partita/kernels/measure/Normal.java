package io.partita.kernels.measure;

import io.partita.kernels.random.NormalDistribution;

/**
 * The parametric model: profits are normal around zero, with a standard deviation from the window. The mean of a day is taken as zero, since a window's own mean
 * is mostly noise. Equal to {@code z * sqrt(e' C e)} with the covariance matrix C of the same kind, without the matrix.
 *
 * @param decay of the exponential weights, in (0.5, 1), or 1 for the sample's standard deviation with equal weights
 */
public record Normal(double decay) implements RiskModel {

    /** With equal weights. */
    public static final Normal EQUAL_WEIGHTS = new Normal(1);

    public Normal {
        if (decay != 1) {
            Checks.decay(decay);
        }
    }

    @Override
    public RiskEstimate measure(double[] profit, double level) {
        Checks.level(level);
        Checks.series(profit);
        return risk(Math.sqrt(Spread.variance(profit, decay)), level);
    }

    static RiskEstimate risk(double sigma, double level) {
        double z = NormalDistribution.quantile(level);
        return new RiskEstimate(sigma * z, sigma * NormalDistribution.density(z) / (1 - level));
    }

    @Override
    public Gradient gradient(ReturnTable returns, double[] exposures, double level) {
        Checks.level(level);
        double[] profit = returns.profit(exposures);
        double sigma = Math.sqrt(Spread.variance(profit, decay));
        RiskEstimate unit = risk(1, level);
        ReturnTable simple = returns.simple();
        double[] value = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int asset = 0; asset < exposures.length && sigma > 0; asset++) {
            double slope = Spread.comoment(profit, simple.column(asset), decay) / sigma;
            value[asset] = unit.valueAtRisk() * slope;
            shortfall[asset] = unit.expectedShortfall() * slope;
        }
        return new Gradient(risk(sigma, level), value, shortfall);
    }
}
