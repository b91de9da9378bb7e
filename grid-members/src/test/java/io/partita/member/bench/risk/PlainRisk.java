package io.partita.member.bench.risk;

import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.random.NormalDistribution;
import java.util.Arrays;

/** Historical and parametric value at risk in plain loops, on one thread. */
record PlainRisk(ReturnTable returns, double level) {

    /** Historical, and parametric with equal weights. */
    double[] of(double[] exposures) {
        ReturnTable simple = returns.simple();
        double[] profit = new double[simple.days()];
        for (int day = 0; day < profit.length; day++) {
            for (int asset = 0; asset < exposures.length; asset++) {
                profit[day] += exposures[asset] * simple.at(day, asset);
            }
        }
        double mean = Arrays.stream(profit).average().orElseThrow();
        double squares = 0;
        for (double each : profit) {
            squares += (each - mean) * (each - mean);
        }
        double[] sorted = profit.clone();
        Arrays.sort(sorted);
        return new double[] {-sorted[(int) Math.floor(profit.length * (1 - level) + 1e-9)],
            NormalDistribution.quantile(level) * Math.sqrt(squares / (profit.length - 1))};
    }
}
