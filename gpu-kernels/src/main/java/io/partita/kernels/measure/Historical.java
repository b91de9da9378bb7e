package io.partita.kernels.measure;

/** Historical simulation: tomorrow is one of the days of the window, each equally likely. The convention of ranks is that of {@link io.partita.kernels.TailRisk}. */
public record Historical() implements RiskModel {

    @Override
    public RiskEstimate measure(double[] profit, double level) {
        return Tail.of(profit, level).risk();
    }

    @Override
    public Gradient gradient(ReturnTable returns, double[] exposures, double level) {
        double[] profit = returns.profit(exposures);
        Tail tail = Tail.of(profit, level);
        ReturnTable simple = returns.simple();
        double[] value = new double[exposures.length];
        double[] shortfall = new double[exposures.length];
        for (int asset = 0; asset < exposures.length; asset++) {
            value[asset] = 0 - simple.at(tail.outcome(), asset);
            for (int i = 0; i < tail.outcomes().length; i++) {
                shortfall[asset] -= tail.weights()[i] * simple.at(tail.outcomes()[i], asset);
            }
        }
        return new Gradient(tail.risk(), value, shortfall);
    }
}
