package io.partita.kernels.measure;

/** Variance of the next day, and comoments with it: exponentially weighted around zero, or, with a decay of 1, the sample's around its mean. */
final class Spread {

    private Spread() {
    }

    static double variance(double[] x, double decay) {
        return Checks.finite(decay == 1 ? Moments.of(x).unbiasedVariance() : Ewma.variances(x, decay)[x.length]);
    }

    static double comoment(double[] x, double[] y, double decay) {
        if (decay != 1) {
            return Ewma.comoments(x, y, decay)[x.length];
        }
        double meanX = Moments.of(x).mean();
        double meanY = Moments.of(y).mean();
        double sum = 0;
        for (int t = 0; t < x.length; t++) {
            sum += (x[t] - meanX) * (y[t] - meanY);
        }
        return sum / (x.length - 1);
    }
}
