package io.partita.kernels.random;

/**
 * The standard normal distribution in double precision. Static and thread-safe; kernels call it, so nothing here throws: NaN
 * in gives NaN out, and callers refuse it before.
 */
public final class NormalDistribution {

    private static final double SQRT_HALF = 0.70710678118654752440;
    private static final double DENSITY_AT_ZERO = 0.39894228040143267794;
    /** Beyond it the error function is one to the last denormal number. */
    private static final double FARTHEST = 28;
    private static final double INVERSE_SQRT_PI = 0.56418958354775628695;
    /** The distance between two words, as a probability. */
    private static final double WORD = 0x1p-32;

    private NormalDistribution() {
    }

    /** The density. */
    public static double density(double x) {
        return DENSITY_AT_ZERO * Math.exp(-0.5 * x * x);
    }

    /**
     * The probability of a value below {@code x}: relative error below 4e-15 for x above -10 and 2e-13 above -37, below which it
     * becomes denormal. Source: W. J. Cody, "Rational Chebyshev approximation for the error function", Math. Comp. 23 (1969).
     */
    public static double cumulative(double x) {
        double y = Math.abs(x) * SQRT_HALF;
        if (y <= 0.46875) {
            return 0.5 + 0.5 * Math.signum(x) * errorNearZero(y);
        }
        double tail = y < FARTHEST ? 0.5 * complement(y) : 0;
        return x > 0 ? 1 - tail : tail;
    }

    /** The error function for 0 to 0.46875. */
    private static double errorNearZero(double y) {
        double s = y * y;
        double above = (((1.85777706184603153e-1 * s + 3.16112374387056560) * s + 1.13864154151050156e2) * s + 3.77485237685302021e2) * s
                + 3.20937758913846947e3;
        double below = (((s + 2.36012909523441209e1) * s + 2.44024637934444173e2) * s + 1.28261652607737228e3) * s + 2.84423683343917062e3;
        return y * above / below;
    }

    /** One less the error function from 0.46875 on. */
    private static double complement(double y) {
        // The exponent is taken in two parts, the larger of which is exact: squaring y would lose digits that the tail shows.
        double coarse = Math.floor(y * 16) / 16;
        double exponential = Math.exp(-coarse * coarse) * Math.exp(-(y - coarse) * (y + coarse));
        return exponential * (y <= 4 ? middle(y) : far(y));
    }

    private static double middle(double y) {
        double above = (((((((2.15311535474403846e-8 * y + 5.64188496988670089e-1) * y + 8.88314979438837594) * y + 6.61191906371416295e1) * y
                + 2.98635138197400131e2) * y + 8.81952221241769090e2) * y + 1.71204761263407058e3) * y + 2.05107837782607147e3) * y
                + 1.23033935479799725e3;
        double below = (((((((y + 1.57449261107098347e1) * y + 1.17693950891312499e2) * y + 5.37181101862009858e2) * y
                + 1.62138957456669019e3) * y + 3.29079923573345963e3) * y + 4.36261909014324716e3) * y + 3.43936767414372164e3) * y
                + 1.23033935480374942e3;
        return above / below;
    }

    private static double far(double y) {
        double s = 1 / (y * y);
        double above = ((((1.63153871373020978e-2 * s + 3.05326634961232344e-1) * s + 3.60344899949804439e-1) * s
                + 1.25781726111229246e-1) * s + 1.60837851487422766e-2) * s + 6.58749161529837803e-4;
        double below = ((((s + 2.56852019228982242) * s + 1.87295284992346047) * s + 5.27905102951428412e-1) * s
                + 6.05183413124413191e-2) * s + 2.33520497626869185e-3;
        return (INVERSE_SQRT_PI - s * above / below) / y;
    }

    /**
     * The value below which a normal number is with probability {@code p}: relative error below 1e-15 or so. Infinite at 0 and 1, NaN
     * beyond. Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Appl. Statist. 37 (1988).
     */
    public static double quantile(double p) {
        double distance = p - 0.5;
        return distance < 0 ? quantile(distance, p) : quantile(distance, 1 - p);
    }

    /**
     * The normal number that a random word stands for: the quantile of {@code (word + 0.5) / 2^32 + 0.5} for a signed word, so
     * that zero lies between the words -1 and 0, and {@code ~word} gives the mirror image. Between -6.34 and 6.34.
     */
    public static double ofWord(int word) {
        int size = word ^ (word >> 31);
        double distance = (size + 0.5) * WORD;
        double tail = (Integer.MAX_VALUE - size + 0.5) * WORD;
        return word < 0 ? quantile(-distance, tail) : quantile(distance, tail);
    }

    /** The quantile by its distance from a half and the smaller of both tails, of which the second is exact far out. */
    private static double quantile(double distance, double tail) {
        if (Math.abs(distance) <= 0.425) {
            return centre(distance);
        }
        if (tail <= 0) {
            return tail < 0 ? Double.NaN : distance < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double r = Math.sqrt(-Math.log(tail));
        double size = r <= 5 ? near(r - 1.6) : remote(r - 5);
        return distance < 0 ? -size : size;
    }

    private static double centre(double q) {
        double r = 0.180625 - q * q;
        double above = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
                + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r
                + 3.3871328727963666080;
        double below = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
                + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1;
        return q * above / below;
    }

    private static double near(double r) {
        double above = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r + 4.63033784615654529590) * r
                + 1.42343711074968357734;
        double below = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
                + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1;
        return above / below;
    }

    private static double remote(double r) {
        double above = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
                + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r + 5.46378491116411436990) * r
                + 6.65790464350110377720;
        double below = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
                + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                + 5.99832206555887937690e-1) * r + 1;
        return above / below;
    }

    /** A row of words as normal numbers. */
    public static void ofWords(int[] words, double[] out, int count) {
        for (int s = 0; s < count; s++) {
            out[s] = ofWord(words[s]);
        }
    }

    /** The cumulative probabilities of a row. */
    public static void cumulative(double[] x, double[] out, int count) {
        for (int s = 0; s < count; s++) {
            out[s] = cumulative(x[s]);
        }
    }
}
