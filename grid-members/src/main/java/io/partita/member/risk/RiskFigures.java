package io.partita.member.risk;

import io.partita.kernels.Attribution;
import io.partita.kernels.Draws;
import io.partita.kernels.KernelEngine;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.Precision;
import io.partita.kernels.Revaluation;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import io.partita.kernels.TailParts;
import io.partita.kernels.TailRisk;
import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.measure.Gradient;
import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.kernels.measure.RiskModel;
import io.partita.kernels.measure.Shrinkage;

/**
 * Risk of factors' exposures and of options, in major units of the base currency; losses are positive.
 *
 * @param component          by factor, then by option; the parts add up to the value at risk
 * @param shortfallComponent likewise; the parts add up to the expected shortfall
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
            return ofHistory(new RiskEstimate(0, 0), new double[0], new double[0]);
        }
        return settings.method().model().map(model -> factors.options().isEmpty() ? ofAmounts(model, factors, settings) : ofOptions(model, factors, settings, engine))
                .orElseGet(() -> ofScenarios(factors, settings, engine));
    }

    private static RiskFigures ofHistory(RiskEstimate risk, double[] component, double[] shortfallComponent) {
        return new RiskFigures(risk, component, shortfallComponent, Double.NaN, Double.NaN, Double.NaN);
    }

    private static RiskFigures ofAmounts(RiskModel model, RiskFactors factors, RiskSettings settings) {
        double[] exposures = factors.exposures();
        Gradient gradient = model.gradient(factors.returns(), exposures, settings.level());
        double[] component = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int i = 0; i < exposures.length; i++) {
            component[i] = settings.scale() * exposures[i] * gradient.valueAtRisk()[i];
            shortfall[i] = settings.scale() * exposures[i] * gradient.expectedShortfall()[i];
        }
        return ofHistory(new RiskEstimate(settings.scale() * gradient.risk().valueAtRisk(), settings.scale() * gradient.risk().expectedShortfall()), component, shortfall);
    }

    /** What positions gain is what moves; there is one of each. Moves are scaled, since options do not gain in proportion to them. */
    private static RiskFigures ofOptions(RiskModel model, RiskFactors factors, RiskSettings settings, KernelEngine engine) {
        boolean byDelta = settings.method().byDelta();
        double[] scales = byDelta ? RiskFactors.ones(factors.days().size() - 1) : settings.method().scales(factors.profit(engine, true));
        for (int day = 0; day < scales.length; day++) {
            scales[day] *= settings.scale();
        }
        ReturnTable gains = factors.gains(engine, scales, byDelta);
        // The volatility that moves were filtered by is taken as given: parts are those of the days in the tail.
        Gradient gradient = (byDelta ? model : new Historical()).gradient(gains, RiskFactors.ones(gains.assets()), settings.level());
        return ofHistory(gradient.risk(), gradient.valueAtRisk(), gradient.expectedShortfall());
    }

    /** Normal factors without drift; a covariance over several days is that of one day so many times. */
    private static RiskFigures ofScenarios(RiskFactors factors, RiskSettings settings, KernelEngine engine) {
        int size = factors.symbols().size();
        if (size > MOST_FACTORS) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, size + " factors; scenarios have " + MOST_FACTORS + " at most");
        }
        double[] covariance = covariance(factors, settings.horizon());
        Scenarios scenarios = Scenarios.Simulated.of(settings.scenarios(), Cholesky.of(covariance, size), settings.seed(), Draws.PSEUDO_RANDOM);
        if (!factors.options().isEmpty()) {
            Revaluation revaluation = factors.revaluation(settings.scenarios());
            TailParts parts = TailParts.of(revaluation.profits(engine, scenarios), settings.level(), revaluation.positions(),
                    near -> revaluation.gains(engine, scenarios, near));
            return ofTail(parts.risk(), parts.valueAtRisk(), parts.shortfall());
        }
        double[] first = new double[size * size];
        for (int i = 0; i < size; i++) {
            first[i * size + i] = factors.exposures()[i];
        }
        Sensitivities portfolio = Sensitivities.of(size, size, first, new double[size * size]);
        // Double precision is the same bit for bit wherever it is run again.
        double[] profits = engine.profits(scenarios, portfolio, Precision.DOUBLE);
        Attribution parts = Attribution.of(engine, scenarios, portfolio, profits, settings.level());
        return ofTail(parts.risk(), parts.componentValueAtRisk(), parts.componentShortfall());
    }

    /** Shrunk, over some days. */
    static double[] covariance(RiskFactors factors, int horizon) {
        double[] covariance = Shrinkage.of(factors.returns()).matrix();
        for (int at = 0; at < covariance.length; at++) {
            covariance[at] *= horizon;
        }
        return covariance;
    }

    private static RiskFigures ofTail(TailRisk risk, double[] component, double[] shortfall) {
        return new RiskFigures(new RiskEstimate(risk.valueAtRisk(), risk.shortfall()), component, shortfall, risk.low(), risk.high(), risk.shortfallError());
    }
}
