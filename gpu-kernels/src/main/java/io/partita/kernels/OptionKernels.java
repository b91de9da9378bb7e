package io.partita.kernels;

import io.partita.kernels.random.NormalDistribution;
import io.partita.kernels.random.NormalFloat;

/**
 * Full revaluation of European options (Black, Scholes, Merton, with a cost of carry) over blocks of scenarios, a row for each
 * factor. The price moves by a factor of its logarithm, so that a scenario needs one exponential for all options on it and no
 * logarithm. Static and thread-safe.
 */
public final class OptionKernels {

    /**
     * Constants of an option: its sign (1 for a call, -1 for a put); the logarithm of forward to strike; the standard deviation until
     * expiry, at least {@link #LEAST_SINGLE} or {@link #LEAST_DOUBLE}; quantity times sign times the discounted forward; quantity times
     * sign times the discounted strike; years to expiry.
     */
    public static final int WIDTH = 6;
    /** The least deviation in single precision: an option without volatility is worth what it pays at the forward, to this part of its price. */
    public static final float LEAST_SINGLE = 1e-6f;
    /** The same in double precision. */
    public static final double LEAST_DOUBLE = 1e-13;
    private static final double LARGEST_EXPONENT = 22;

    private OptionKernels() {
    }

    /**
     * The exponential of a number between -22 and 22, to which others are clamped: relative error below 2e-7 for sizes up to 5. By a
     * polynomial and six squarings in double precision, which a vector unit takes, as it does not take {@code Math.exp}.
     */
    public static float exponential(float x) {
        double t = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, (double) x)) * (1.0 / 64);
        double e = 1 + t * (1 + t * (1.0 / 2 + t * (1.0 / 6 + t * (1.0 / 24 + t * (1.0 / 120 + t * (1.0 / 720))))));
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        return (float) e;
    }

    static double exponential(double x) {
        return Math.exp(Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, x)));
    }

    /** The exponentials of a row times a factor. */
    public static void growth(float factor, float[] x, float[] out, int count) {
        for (int s = 0; s < count; s++) {
            out[s] = exponential(factor * x[s]);
        }
    }

    /**
     * Adds to each scenario of a block what one European option gains, if neither its volatility nor its rate moves.
     *
     * @param terms  options' constants, this one's at {@code at} and after: see {@link #WIDTH}
     * @param base   what it is worth now, times quantity
     * @param x      moves of the logarithm of the price
     * @param growth their exponentials
     * @param first  room for a row, as {@code second} is
     */
    public static void spotMoves(float[] terms, int at, float base, float[] x, float[] growth, float[] first, float[] second, float[] sum,
            int count) {
        float sign = terms[at];
        float deviation = terms[at + 2];
        float inverse = sign / deviation;
        float shift = sign * (terms[at + 1] / deviation + 0.5f * deviation);
        float step = sign * deviation;
        for (int s = 0; s < count; s++) {
            first[s] = x[s] * inverse + shift;
            second[s] = first[s] - step;
        }
        NormalFloat.cumulative(first, first, count);
        NormalFloat.cumulative(second, second, count);
        gain(terms[at + 3], growth, first, terms[at + 4], second, base, sum, count);
    }

    /**
     * The same if volatility and rate move too.
     *
     * @param swing    what the volatility is multiplied by
     * @param rate     what is added to the rate
     * @param discount by what that discounts the strike
     */
    public static void allMoves(float[] terms, int at, float base, float[] x, float[] growth, float[] swing, float[] rate, float[] discount,
            float[] first, float[] second, float[] sum, int count) {
        float sign = terms[at];
        float forward = terms[at + 1];
        float deviation = terms[at + 2];
        float years = terms[at + 5];
        for (int s = 0; s < count; s++) {
            float wide = Math.max(deviation * swing[s], LEAST_SINGLE);
            float d = (forward + x[s] + years * rate[s]) / wide + 0.5f * wide;
            first[s] = sign * d;
            second[s] = sign * (d - wide);
        }
        NormalFloat.cumulative(first, first, count);
        NormalFloat.cumulative(second, second, count);
        for (int s = 0; s < count; s++) {
            second[s] *= discount[s];
        }
        gain(terms[at + 3], growth, first, terms[at + 4], second, base, sum, count);
    }

    private static void gain(float spotLeg, float[] growth, float[] first, float strikeLeg, float[] second, float base, float[] sum, int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += spotLeg * growth[s] * first[s] - strikeLeg * second[s] - base;
        }
    }

    /** The exponentials of a row times a factor. */
    public static void growth(double factor, double[] x, double[] out, int count) {
        for (int s = 0; s < count; s++) {
            out[s] = exponential(factor * x[s]);
        }
    }

    /**
     * Adds to each scenario of a block what one European option gains, if neither its volatility nor its rate moves.
     *
     * @param terms  options' constants, this one's at {@code at} and after: see {@link #WIDTH}
     * @param base   what it is worth now, times quantity
     * @param x      moves of the logarithm of the price
     * @param growth their exponentials
     * @param first  room for a row, as {@code second} is
     */
    public static void spotMoves(double[] terms, int at, double base, double[] x, double[] growth, double[] first, double[] second, double[] sum,
            int count) {
        double sign = terms[at];
        double deviation = terms[at + 2];
        double inverse = sign / deviation;
        double shift = sign * (terms[at + 1] / deviation + 0.5 * deviation);
        double step = sign * deviation;
        for (int s = 0; s < count; s++) {
            first[s] = x[s] * inverse + shift;
            second[s] = first[s] - step;
        }
        NormalDistribution.cumulative(first, first, count);
        NormalDistribution.cumulative(second, second, count);
        gain(terms[at + 3], growth, first, terms[at + 4], second, base, sum, count);
    }

    /**
     * The same if volatility and rate move too.
     *
     * @param swing    what the volatility is multiplied by
     * @param rate     what is added to the rate
     * @param discount by what that discounts the strike
     */
    public static void allMoves(double[] terms, int at, double base, double[] x, double[] growth, double[] swing, double[] rate, double[] discount,
            double[] first, double[] second, double[] sum, int count) {
        double sign = terms[at];
        double forward = terms[at + 1];
        double deviation = terms[at + 2];
        double years = terms[at + 5];
        for (int s = 0; s < count; s++) {
            double wide = Math.max(deviation * swing[s], LEAST_DOUBLE);
            double d = (forward + x[s] + years * rate[s]) / wide + 0.5 * wide;
            first[s] = sign * d;
            second[s] = sign * (d - wide);
        }
        NormalDistribution.cumulative(first, first, count);
        NormalDistribution.cumulative(second, second, count);
        for (int s = 0; s < count; s++) {
            second[s] *= discount[s];
        }
        gain(terms[at + 3], growth, first, terms[at + 4], second, base, sum, count);
    }

    private static void gain(double spotLeg, double[] growth, double[] first, double strikeLeg, double[] second, double base, double[] sum,
            int count) {
        for (int s = 0; s < count; s++) {
            sum[s] += spotLeg * growth[s] * first[s] - strikeLeg * second[s] - base;
        }
    }
}
