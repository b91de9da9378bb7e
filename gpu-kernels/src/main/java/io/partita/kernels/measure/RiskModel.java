package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusedException;

/**
 * How the tail of a portfolio's profit is made out from what the same exposures would have made on past days. Values of this type are immutable and safe for
 * any thread; the same input gives the same figures to the last bit.
 *
 * <p>A portfolio that never moves has risk 0 under each model. Errors of both methods, as {@link KernelRefusedException}: LEVEL_OUT_OF_RANGE, NOT_FINITE,
 * TOO_FEW_OBSERVATIONS (models that pick an observed outcome need 1 / (1 - level) of them).
 */
public sealed interface RiskModel permits Historical, FilteredHistorical, FittedHistorical, Normal {

    /**
     * The risk over one step of the series.
     *
     * @param profit per day, the oldest first
     * @param level  in (0.5, 1)
     */
    RiskEstimate measure(double[] profit, double level);

    /**
     * How the figures would change with each exposure: exact derivatives, also of the models' volatilities. Since all models are homogeneous (twice the
     * exposures, twice the risk), exposures times derivatives add up to the risk (Euler). Of returns that are simple, or are made so.
     *
     * @param exposures money in each asset
     * @throws KernelRefusedException also EMPTY_PORTFOLIO, DIMENSIONS_DIFFER
     */
    Gradient gradient(ReturnTable returns, double[] exposures, double level);
}
