package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusedException;

/**
 * What each position has to do with a portfolio's risk, in the order of its positions. The arrays belong to whoever asked for them.
 *
 * @param risk               of the whole
 * @param marginal           change of the value at risk per unit of money more in the position
 * @param component          part of the value at risk; the parts add up to it
 * @param shortfallComponent part of the expected shortfall; likewise
 * @param incremental        what the value at risk would lose if the position were not there, found by leaving it out
 */
public record Contributions(RiskEstimate risk, double[] marginal, double[] component, double[] shortfallComponent, double[] incremental) {

    /**
     * By a model, over one step of the returns.
     *
     * @param exposures money in each asset
     * @throws KernelRefusedException whatever the model refuses
     */
    public static Contributions of(RiskModel model, ReturnTable returns, double[] exposures, double level) {
        Gradient gradient = model.gradient(returns, exposures, level);
        double[] component = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int asset = 0; asset < exposures.length; asset++) {
            component[asset] = exposures[asset] * gradient.valueAtRisk()[asset];
            shortfall[asset] = exposures[asset] * gradient.expectedShortfall()[asset];
        }
        return new Contributions(gradient.risk(), gradient.valueAtRisk(), component, shortfall, incremental(model, returns, exposures, level));
    }

    private static double[] incremental(RiskModel model, ReturnTable returns, double[] exposures, double level) {
        double[] profit = returns.profit(exposures);
        double whole = model.measure(profit, level).valueAtRisk();
        ReturnTable simple = returns.simple();
        double[] incremental = new double[exposures.length];
        double[] without = new double[profit.length];
        for (int asset = 0; asset < exposures.length; asset++) {
            for (int day = 0; day < without.length; day++) {
                without[day] = exposures.length == 1 ? 0 : profit[day] - exposures[asset] * simple.at(day, asset);
            }
            incremental[asset] = whole - model.measure(without, level).valueAtRisk();
        }
        return incremental;
    }

    /** For a longer horizon by the square root of time; see {@link RiskEstimate#overDays}. */
    public Contributions overDays(int horizon) {
        double factor = Math.sqrt(horizon);
        return new Contributions(risk.overDays(horizon), times(marginal, factor), times(component, factor), times(shortfallComponent, factor),
                times(incremental, factor));
    }

    private static double[] times(double[] values, double factor) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
