package io.partita.kernels.measure;

/** The standard normal distribution, to about 1e-13 of each probability: slow enough to be left out of inner loops, and the same on every machine. */
final class StandardNormal {

    private static final double ROOT = StrictMath.sqrt(2 * StrictMath.PI);

    private StandardNormal() {
    }

    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / ROOT;
    }

    /** Probability of more than x. */
    static double tail(double x) {
        double half = IncompleteGamma.upper(0.5, x * x / 2) / 2;
        return x >= 0 ? half : 1 - half;
    }

    /** What is exceeded with a probability of one less the level; the level is in (0.5, 1). By Newton's method, which from 0 upwards cannot overshoot. */
    static double quantile(double level) {
        double wanted = 1 - level;
        double x = 0;
        for (int i = 0; i < 100; i++) {
            double step = (tail(x) - wanted) / density(x);
            x += step;
            if (Math.abs(step) <= 1e-15 * x) {
                break;
            }
        }
        return x;
    }
}
