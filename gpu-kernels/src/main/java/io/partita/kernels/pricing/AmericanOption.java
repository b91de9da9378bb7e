package io.partita.kernels.pricing;

import io.partita.kernels.Checks;

/**
 * Options that may be exercised at any time, by a binomial tree. Static and thread-safe; parameters as {@link BlackScholes} has them.
 *
 * <p>The tree is that of D. Leisen and M. Reimer, "Binomial models for option valuation: examining and improving convergence" (1996),
 * where both of its probabilities can be told from zero and one; otherwise that of J. Cox, S. Ross and M. Rubinstein; and where the drift
 * of a step is larger than its deviation, so that this has no probabilities either, the best time to exercise a price that is certain. How
 * near it comes to published values is in its test.
 */
public final class AmericanOption {

    /** Steps if nothing else is said. */
    public static final int STEPS = 501;
    /** The most. */
    public static final int MOST_STEPS = 20_001;
    /** Beyond it, the probability of a step is one or zero to what double precision can tell. */
    private static final double FARTHEST = 4.5;
    /** The logarithm of the highest price in a tree to today's, at most: beyond it prices overflow. */
    private static final double HIGHEST = 600;
    private static final double PRICE_SHIFT = 0.01;
    private static final double VOLATILITY_SHIFT = 0.005;
    private static final double RATE_SHIFT = 1e-3;
    private static final double TIME_SHIFT = 1.0 / 365;

    private AmericanOption() {
    }

    /**
     * What an option is worth, with {@value #STEPS} steps; refuses what {@link BlackScholes#price} refuses. Where volatility times the root of
     * years times steps exceeds 600, no tree fits into double precision: the result is then the larger of the European price and what it
     * pays at once.
     */
    public static double price(boolean call, double spot, double strike, double years, double rate, double carry, double volatility) {
        return price(call, spot, strike, years, rate, carry, volatility, STEPS);
    }

    /** The same with other steps, 3 to {@value #MOST_STEPS}; an even number is raised by one. */
    public static double price(boolean call, double spot, double strike, double years, double rate, double carry, double volatility, int steps) {
        BlackScholes.check(spot, strike, years, rate, carry, volatility);
        Checks.size(steps, 3, MOST_STEPS, "steps");
        return value(call ? 1 : -1, spot, strike, years, rate, carry, volatility, steps | 1, new double[(steps | 1) + 1]);
    }

    /**
     * Price and Greeks by differences of prices: of one percent of spot, half a point of volatility, ten basis points and one day, on
     * both sides but for the day, and for volatilities below half a point.
     */
    public static Greeks greeks(boolean call, double spot, double strike, double years, double rate, double carry, double volatility) {
        double here = price(call, spot, strike, years, rate, carry, volatility);
        double h = Math.max(spot * PRICE_SHIFT, Double.MIN_NORMAL);
        double up = price(call, spot + h, strike, years, rate, carry, volatility);
        double down = price(call, Math.max(spot - h, 0), strike, years, rate, carry, volatility);
        double low = Math.max(volatility - VOLATILITY_SHIFT, 0);
        double vega = (price(call, spot, strike, years, rate, carry, volatility + VOLATILITY_SHIFT)
                - price(call, spot, strike, years, rate, carry, low)) / (volatility + VOLATILITY_SHIFT - low);
        double day = Math.min(TIME_SHIFT, years);
        double theta = day == 0 ? 0 : (price(call, spot, strike, years - day, rate, carry, volatility) - here) / day;
        double rho = (price(call, spot, strike, years, rate + RATE_SHIFT, carry + RATE_SHIFT, volatility)
                - price(call, spot, strike, years, rate - RATE_SHIFT, carry - RATE_SHIFT, volatility)) / (2 * RATE_SHIFT);
        double byCarry = (price(call, spot, strike, years, rate, carry + RATE_SHIFT, volatility)
                - price(call, spot, strike, years, rate, carry - RATE_SHIFT, volatility)) / (2 * RATE_SHIFT);
        double gamma = spot == 0 ? 0 : (up - 2 * here + down) / (h * h);
        return new Greeks(here, (up - down) / (2 * h), gamma, vega, theta, rho, byCarry);
    }

    /**
     * The price alone, unchecked, for kernels.
     *
     * @param sign  1 for a call, -1 for a put
     * @param steps odd
     * @param work  room for a number more than there are steps
     */
    public static double value(int sign, double spot, double strike, double years, double rate, double carry, double volatility, int steps,
            double[] work) {
        double now = Math.max(sign * (spot - strike), 0);
        if (years == 0 || spot == 0 || strike == 0 || volatility == 0) {
            return Math.max(now, certain(sign, spot, strike, years, rate, carry));
        }
        double step = years / steps;
        double deviation = volatility * Math.sqrt(years);
        double d1 = (Math.log(spot / strike) + carry * years) / deviation + 0.5 * deviation;
        double d2 = d1 - deviation;
        double grown = Math.exp(carry * step);
        if (deviation * Math.sqrt(steps) > HIGHEST) {
            return Math.max(now, BlackScholes.value(sign, spot, strike, years, rate, carry, volatility));
        }
        if (Math.abs(d1) <= FARTHEST && Math.abs(d2) <= FARTHEST) {
            double up = probability(d2, steps);
            double measured = probability(d1, steps);
            double fall = grown * (1 - measured) / (1 - up);
            return Math.max(now, back(sign, spot, strike, grown * measured / up, fall, up, Math.exp(-rate * step), steps, work));
        }
        double rise = Math.exp(volatility * Math.sqrt(step));
        double up = (grown - 1 / rise) / (rise - 1 / rise);
        if (up > 0 && up < 1 && rise < Double.MAX_VALUE) {
            return Math.max(now, back(sign, spot, strike, rise, 1 / rise, up, Math.exp(-rate * step), steps, work));
        }
        return Math.max(now, certain(sign, spot, strike, years, rate, carry));
    }

    /** The second method of Peizer and Pratt to turn a normal number into the probability of a step. */
    private static double probability(double z, int steps) {
        double scaled = z / (steps + 1.0 / 3 + 0.1 / (steps + 1));
        double part = 0.5 * Math.sqrt(1 - Math.exp(-scaled * scaled * (steps + 1.0 / 6)));
        return z < 0 ? 0.5 - part : 0.5 + part;
    }

    /** From expiry back to today. */
    private static double back(int sign, double spot, double strike, double rise, double fall, double up, double discount, int steps,
            double[] work) {
        double ratio = rise / fall;
        double lowest = spot * Math.pow(fall, steps);
        double price = lowest;
        for (int i = 0; i <= steps; i++) {
            work[i] = Math.max(sign * (price - strike), 0);
            price *= ratio;
        }
        double high = up * discount;
        double low = (1 - up) * discount;
        for (int n = steps - 1; n >= 0; n--) {
            lowest /= fall;
            price = lowest;
            for (int i = 0; i <= n; i++) {
                work[i] = Math.max(high * work[i + 1] + low * work[i], sign * (price - strike));
                price *= ratio;
            }
        }
        return work[0];
    }

    /** The best of now, expiry, and the time in between at which what a certain price pays stops growing. */
    private static double certain(int sign, double spot, double strike, double years, double rate, double carry) {
        double best = Math.max(paid(sign, spot, strike, 0, rate, carry), paid(sign, spot, strike, years, rate, carry));
        double level = rate * strike / ((rate - carry) * spot);
        if (level > 0 && carry != 0 && level < Double.MAX_VALUE) {
            double time = Math.log(level) / carry;
            if (time > 0 && time < years) {
                best = Math.max(best, paid(sign, spot, strike, time, rate, carry));
            }
        }
        return Math.max(best, 0);
    }

    private static double paid(int sign, double spot, double strike, double time, double rate, double carry) {
        return sign * (spot * Math.exp((carry - rate) * time) - strike * Math.exp(-rate * time));
    }
}
