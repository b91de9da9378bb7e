package io.partita.kernels.measure;

/**
 * Mean and central moments of a series, divided by the count.
 *
 * @param second around the mean, as are the others
 */
record Moments(int count, double mean, double second, double third, double fourth) {

    static Moments of(double[] x) {
        double mean = mean(x, 0);
        // Once more, on what is left: so that it is exact to the last digit.
        mean += mean(x, mean);
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (double value : x) {
            double d = value - mean;
            second += d * d;
            third += d * d * d;
            fourth += d * d * d * d;
        }
        // A constant series need not have its mean exactly: what is left is rounding, and no spread.
        double rounding = 1e-30 * mean * mean * x.length;
        if (second <= rounding) {
            return new Moments(x.length, mean, 0, 0, 0);
        }
        return new Moments(x.length, mean, second / x.length, third / x.length, fourth / x.length);
    }

    private static double mean(double[] x, double around) {
        double sum = 0;
        for (double value : x) {
            sum += value - around;
        }
        return sum / x.length;
    }

    double unbiasedVariance() {
        return second * count / (count - 1);
    }

    double skewness() {
        return second == 0 ? 0 : third / (second * Math.sqrt(second));
    }

    double excessKurtosis() {
        return second == 0 ? 0 : fourth / (second * second) - 3;
    }
}
