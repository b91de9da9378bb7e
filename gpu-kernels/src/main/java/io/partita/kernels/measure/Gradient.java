package io.partita.kernels.measure;

/**
 * Derivatives of both figures by each exposure. The arrays belong to whoever asked for them.
 *
 * @param risk              the figures themselves
 * @param valueAtRisk       change of the value at risk per unit of money in each asset: its marginal value at risk
 * @param expectedShortfall change of the expected shortfall, likewise
 */
public record Gradient(RiskEstimate risk, double[] valueAtRisk, double[] expectedShortfall) {
}
