package io.partita.kernels.pricing;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.random.NormalDistribution;

/**
 * European options by Black, Scholes and Merton with a cost of carry: the rate for a share without dividends, the rate less the
 * yield with them, zero for a future, the rate less the foreign one for a currency. Source: E. G. Haug, "The Complete Guide to Option
 * Pricing Formulas". Static and thread-safe.
 *
 * <p>Units: years, and continuously compounded rates and volatilities per year as fractions. Limits: with no volatility or no time left
 * an option is worth what it would pay at the forward, discounted; there delta jumps, at the strike it is the mean of both sides, and
 * gamma, infinite at the strike, is given as zero. Results are never NaN for input that is not refused.
 */
public final class BlackScholes {

    private static final double MOST_YEARS = 200;
    private static final double MOST_VOLATILITY = 100;
    private static final double MOST_EXPONENT = 50;

    private BlackScholes() {
    }

    /**
     * What an option is worth.
     *
     * @throws KernelRefusedException {@link KernelRefusal#NOT_FINITE}, {@link KernelRefusal#NOT_POSITIVE} for a negative number other than a
     *         rate, {@link KernelRefusal#OUT_OF_RANGE} for one that is beyond any market
     */
    public static double price(boolean call, double spot, double strike, double years, double rate, double carry, double volatility) {
        check(spot, strike, years, rate, carry, volatility);
        return value(call ? 1 : -1, spot, strike, years, rate, carry, volatility);
    }

    /** Price and Greeks; refuses what {@link #price} refuses. */
    public static Greeks greeks(boolean call, double spot, double strike, double years, double rate, double carry, double volatility) {
        check(spot, strike, years, rate, carry, volatility);
        double[] out = new double[Greeks.COUNT];
        greeks(call ? 1 : -1, spot, strike, years, rate, carry, volatility, out, 0);
        return new Greeks(out[0], out[1], out[2], out[3], out[4], out[5], out[6]);
    }

    /** Refuses what no price can be calculated of, for other models as well. */
    static void check(double spot, double strike, double years, double rate, double carry, double volatility) {
        Checks.notNegative(spot, "spot");
        Checks.notNegative(strike, "strike");
        Checks.notNegative(years, "years");
        Checks.notNegative(volatility, "volatility");
        Checks.finite(rate, "rate");
        Checks.finite(carry, "carry");
        if (years > MOST_YEARS || volatility > MOST_VOLATILITY || Math.abs(rate) * years > MOST_EXPONENT || Math.abs(carry) * years > MOST_EXPONENT
                || spot > Float.MAX_VALUE || strike > Float.MAX_VALUE) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, "spot " + spot + ", strike " + strike + ", years " + years + ", rate " + rate
                    + ", carry " + carry + ", volatility " + volatility);
        }
    }

    /**
     * The price alone, unchecked, for kernels.
     *
     * @param sign 1 for a call, -1 for a put
     */
    public static double value(int sign, double spot, double strike, double years, double rate, double carry, double volatility) {
        double forward = spot * Math.exp((carry - rate) * years);
        double owed = strike * Math.exp(-rate * years);
        double deviation = volatility * Math.sqrt(years);
        double d1 = first(forward, owed, deviation);
        // Rounding must not make it negative.
        return Math.max(sign * (forward * NormalDistribution.cumulative(sign * d1)
                - owed * NormalDistribution.cumulative(sign * (d1 - deviation))), 0);
    }

    /** The argument of the first probability; infinite, or zero at the strike, where there is no deviation. */
    private static double first(double forward, double owed, double deviation) {
        if (forward == owed) {
            return 0.5 * deviation;
        }
        if (deviation == 0 || forward == 0 || owed == 0) {
            return forward > owed ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return Math.log(forward / owed) / deviation + 0.5 * deviation;
    }

    /** Price and Greeks to {@code out[at]} and after, in the order of {@link Greeks}, unchecked, for kernels. */
    public static void greeks(int sign, double spot, double strike, double years, double rate, double carry, double volatility, double[] out,
            int at) {
        double grown = Math.exp((carry - rate) * years);
        double forward = spot * grown;
        double owed = strike * Math.exp(-rate * years);
        double root = Math.sqrt(years);
        double deviation = volatility * root;
        double d1 = first(forward, owed, deviation);
        double above = NormalDistribution.cumulative(sign * d1);
        double below = NormalDistribution.cumulative(sign * (d1 - deviation));
        double density = NormalDistribution.density(d1);
        out[at] = Math.max(sign * (forward * above - owed * below), 0);
        out[at + 1] = sign * grown * above;
        out[at + 2] = deviation > 0 && spot > 0 ? grown * density / (spot * deviation) : 0;
        out[at + 3] = forward * root * density;
        double decay = root > 0 ? -forward * density * volatility / (2 * root) : 0;
        out[at + 4] = decay - sign * (carry - rate) * forward * above - sign * rate * owed * below;
        out[at + 5] = sign * years * owed * below;
        out[at + 6] = sign * years * forward * above;
    }

    /**
     * Price and Greeks in bulk: those of option i at {@code out[7 * i]} and after. Every array has as many elements as there are options.
     *
     * @param call not zero for a call, zero for a put
     * @throws KernelRefusedException as {@link #price}, and {@link KernelRefusal#DIMENSIONS_DIFFER}; nothing is written then
     */
    public static void greeks(int[] call, double[] spot, double[] strike, double[] years, double[] rate, double[] carry, double[] volatility,
            double[] out) {
        int n = call.length;
        for (double[] array : new double[][] {spot, strike, years, rate, carry, volatility}) {
            Checks.length(array.length, n, "an argument");
        }
        Checks.length(out.length, (long) Greeks.COUNT * n, "the result");
        for (int i = 0; i < n; i++) {
            check(spot[i], strike[i], years[i], rate[i], carry[i], volatility[i]);
        }
        for (int i = 0; i < n; i++) {
            greeks(call[i] != 0 ? 1 : -1, spot[i], strike[i], years[i], rate[i], carry[i], volatility[i], out, Greeks.COUNT * i);
        }
    }
}
