package io.partita.member.risk;

import io.partita.kernels.Attribution;
import io.partita.kernels.Draws;
import io.partita.kernels.KernelEngine;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.Precision;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.measure.Contributions;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.kernels.measure.RiskModel;
import io.partita.kernels.measure.Shrinkage;

/**
 * Risk of factors' exposures, in major units of the base currency; losses are positive.
 *
 * @param component          by factor; the parts add up to the value at risk
 * @param shortfallComponent by factor; the parts add up to the expected shortfall
 * @param low                of an interval that has the true value at risk in 95 of 100 cases; NaN unless scenarios were drawn
 * @param high               its other end
 * @param shortfallError     standard error of the expected shortfall, likewise
 */
record RiskFigures(RiskEstimate risk, double[] component, double[] shortfallComponent, double low, double high, double shortfallError) {

    /** A matrix of as many positions as factors would not fit. */
    private static final int MOST_FACTORS = 1_000;

    /** @throws KernelRefusedException {@code TOO_FEW_OBSERVATIONS}, {@code TOO_LARGE} and whatever a model refuses */
    static RiskFigures of(RiskFactors factors, RiskSettings settings, KernelEngine engine) {
        if (factors.symbols().isEmpty()) {
            return new RiskFigures(new RiskEstimate(0, 0), new double[0], new double[0], Double.NaN, Double.NaN, Double.NaN);
        }
        ReturnTable returns = factors.returns();
        return settings.method().model().map(model -> ofHistory(model, returns, factors.exposures(), settings))
                .orElseGet(() -> ofScenarios(returns, factors.exposures(), settings, engine));
    }

    private static RiskFigures ofHistory(RiskModel model, ReturnTable returns, double[] exposures, RiskSettings settings) {
        Contributions parts = Contributions.of(model, returns, exposures, settings.level()).overDays(settings.horizon());
        return new RiskFigures(parts.risk(), parts.component(), parts.shortfallComponent(), Double.NaN, Double.NaN, Double.NaN);
    }

    /** Normal factors without drift; a covariance over several days is that of one day so many times. */
    private static RiskFigures ofScenarios(ReturnTable returns, double[] exposures, RiskSettings settings, KernelEngine engine) {
        int size = exposures.length;
        if (size > MOST_FACTORS) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, size + " factors; scenarios have " + MOST_FACTORS + " at most");
        }
        double[] covariance = Shrinkage.of(returns).matrix();
        double[] first = new double[size * size];
        for (int at = 0; at < covariance.length; at++) {
            covariance[at] *= settings.horizon();
            first[at] = at / size == at % size ? exposures[at / size] : 0;
        }
        Scenarios scenarios = Scenarios.Simulated.of(settings.scenarios(), Cholesky.of(covariance, size), settings.seed(), Draws.PSEUDO_RANDOM);
        Sensitivities portfolio = Sensitivities.of(size, size, first, new double[size * size]);
        // Double precision is the same bit for bit wherever it is run again.
        double[] profits = engine.profits(scenarios, portfolio, Precision.DOUBLE);
        Attribution parts = Attribution.of(engine, scenarios, portfolio, profits, settings.level());
        return new RiskFigures(new RiskEstimate(parts.risk().valueAtRisk(), parts.risk().shortfall()), parts.componentValueAtRisk(), parts.componentShortfall(),
                parts.risk().low(), parts.risk().high(), parts.risk().shortfallError());
    }
}
