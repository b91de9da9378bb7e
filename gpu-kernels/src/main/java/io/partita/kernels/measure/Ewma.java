package io.partita.kernels.measure;

/**
 * Exponentially weighted moments around zero: {@code m[t + 1] = decay * m[t] + (1 - decay) * x[t] * y[t]}, begun with the mean of all products.
 *
 * <p>The variance is never taken as less than a ten-thousandth of the window's mean square, so that one move after a long quiet cannot be blown up without
 * bound; a comoment follows its variance there, so that both stay homogeneous in the exposures. Source of the recursion: RiskMetrics technical document,
 * 4th edition, 1996, section 5.2.
 */
final class Ewma {

    private static final double FLOOR = 1e-4;

    private Ewma() {
    }

    /** What is expected of each day, given those before, and of the day after the last: one more than observations. */
    static double[] variances(double[] x, double decay) {
        double start = meanProduct(x, x);
        double[] variances = new double[x.length + 1];
        double running = start;
        for (int t = 0; t <= x.length; t++) {
            variances[t] = Math.max(running, FLOOR * start);
            if (t < x.length) {
                running = decay * running + (1 - decay) * x[t] * x[t];
            }
        }
        return variances;
    }

    /** Comoments of another series with it, for the same days; where the variance is at its floor, the comoment is too. */
    static double[] comoments(double[] x, double[] y, double decay) {
        double start = meanProduct(x, y);
        double floor = FLOOR * meanProduct(x, x);
        double[] comoments = new double[x.length + 1];
        double running = start;
        double variance = meanProduct(x, x);
        for (int t = 0; t <= x.length; t++) {
            comoments[t] = variance < floor ? FLOOR * start : running;
            if (t < x.length) {
                running = decay * running + (1 - decay) * x[t] * y[t];
                variance = decay * variance + (1 - decay) * x[t] * x[t];
            }
        }
        return comoments;
    }

    private static double meanProduct(double[] x, double[] y) {
        double sum = 0;
        for (int t = 0; t < x.length; t++) {
            sum += x[t] * y[t];
        }
        return sum / x.length;
    }
}
