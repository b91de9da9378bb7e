package io.partita.kernels.backtest;

import java.util.Random;

/** Daily profits with a variance that remembers: {@code v[t + 1] = w + shock * x[t]^2 + memory * v[t]}, one in the long run. */
final class Garch {

    private Garch() {
    }

    static double[] path(int days, double shock, double memory, long seed) {
        Random random = new Random(seed);
        double[] path = new double[days];
        double variance = 1;
        for (int day = 0; day < days; day++) {
            path[day] = Math.sqrt(variance) * random.nextGaussian();
            variance = 1 - shock - memory + shock * path[day] * path[day] + memory * variance;
        }
        return path;
    }
}
