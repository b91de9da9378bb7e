package io.partita.kernels;

import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.pricing.AmericanOption;
import io.partita.kernels.pricing.BlackScholes;

/**
 * Options that are priced anew in each scenario, when {@code horizon} years have passed: an option's price moves by the exponential of its
 * factor, its volatility likewise, its rate by addition, with what the underlying pays left as it is. Arrays have an element for each option.
 *
 * @param factors          how many factors there are
 * @param horizon          years until the scenarios' moment; what has expired by then is worth what it pays
 * @param quantity         how many, below zero if sold
 * @param call             1 for a call, 0 for a put
 * @param american         1 if it may be exercised at any time, 0 if at expiry only
 * @param spot             price now
 * @param strike           exercise price
 * @param years            until expiry
 * @param rate             per year, continuously compounded
 * @param carry            cost of carry, as {@link BlackScholes} has it
 * @param volatility       per year
 * @param spotFactor       the factor that moves its price
 * @param volatilityFactor the one that moves its volatility; -1 for none
 * @param rateFactor       the one that moves its rate; -1 for none
 * @param steps            steps of the tree for American ones
 */
public record OptionBook(int factors, double horizon, double[] quantity, int[] call, int[] american, double[] spot, double[] strike, double[] years,
                         double[] rate, double[] carry, double[] volatility, int[] spotFactor, int[] volatilityFactor, int[] rateFactor,
                         int steps) implements Portfolio {

    /** No such factor. */
    public static final int NONE = -1;

    /** Refuses what {@link BlackScholes#price} refuses, lengths that differ and factors that there are not. */
    public OptionBook {
        int n = quantity.length;
        Checks.size(n, 0, MOST_POSITIONS, "positions");
        Checks.size(factors, 1, Cholesky.MOST_FACTORS, "factors");
        Checks.size(steps, 3, AmericanOption.MOST_STEPS, "steps");
        Checks.notNegative(horizon, "horizon");
        Checks.finite(quantity, "quantity");
        for (double[] array : new double[][] {spot, strike, years, rate, carry, volatility}) {
            Checks.length(array.length, n, "a column of the book");
        }
        for (int[] array : new int[][] {call, american, spotFactor, volatilityFactor, rateFactor}) {
            Checks.length(array.length, n, "a column of the book");
        }
        for (int i = 0; i < n; i++) {
            // The price is checked by calculating it.
            Checks.finite(BlackScholes.price(call[i] != 0, spot[i], strike[i], years[i], rate[i], carry[i], volatility[i]), "price of option " + i);
            Checks.index(spotFactor[i], factors, "factor");
            if (volatilityFactor[i] != NONE) {
                Checks.index(volatilityFactor[i], factors, "factor");
            }
            if (rateFactor[i] != NONE) {
                Checks.index(rateFactor[i], factors, "factor");
            }
        }
    }

    @Override
    public int positions() {
        return quantity.length;
    }

    @Override
    public OptionBook without(int position) {
        Checks.index(position, positions(), "position");
        double[] less = quantity.clone();
        less[position] = 0;
        return new OptionBook(factors, horizon, less, call, american, spot, strike, years, rate, carry, volatility, spotFactor, volatilityFactor,
                rateFactor, steps);
    }

    /** How many may be exercised at any time. */
    public int americans() {
        int count = 0;
        for (int one : american) {
            count += one != 0 ? 1 : 0;
        }
        return count;
    }

    /** Whether only its price moves. */
    boolean movesByPriceOnly(int option) {
        return volatilityFactor[option] == NONE && rateFactor[option] == NONE;
    }

    /** An option's constants for {@link OptionKernels}, with so many years left. */
    void terms(int i, double left, double least, double[] out, int at) {
        int sign = call[i] != 0 ? 1 : -1;
        double tiny = Double.MIN_NORMAL;
        out[at] = sign;
        out[at + 1] = Math.log(Math.max(spot[i], tiny) / Math.max(strike[i], tiny)) + carry[i] * left;
        out[at + 2] = Math.max(volatility[i] * Math.sqrt(left), least);
        out[at + 3] = quantity[i] * sign * spot[i] * Math.exp((carry[i] - rate[i]) * left);
        out[at + 4] = quantity[i] * sign * strike[i] * Math.exp(-rate[i] * left);
        out[at + 5] = left;
    }

    /** Years left in the scenarios' moment. */
    double left(int i) {
        return Math.max(years[i] - horizon, 0);
    }

    /** What an option is worth now, times quantity, by the model that prices it in scenarios too. */
    double base(int i, double[] work) {
        return quantity[i] * value(i, spot[i], years[i], rate[i], carry[i], volatility[i], work);
    }

    /** What an option gains by one scenario's moves. */
    double gain(int i, double[] moves, int at, double base, double[] work) {
        double price = spot[i] * OptionKernels.exponential(moves[at + spotFactor[i]]);
        double wide = volatilityFactor[i] == NONE ? volatility[i] : volatility[i] * OptionKernels.exponential(moves[at + volatilityFactor[i]]);
        double shift = rateFactor[i] == NONE ? 0 : moves[at + rateFactor[i]];
        return quantity[i] * value(i, price, left(i), rate[i] + shift, carry[i] + shift, wide, work) - base;
    }

    private double value(int i, double price, double left, double rateNow, double carryNow, double wide, double[] work) {
        int sign = call[i] != 0 ? 1 : -1;
        if (american[i] != 0) {
            return AmericanOption.value(sign, price, strike[i], left, rateNow, carryNow, wide, steps | 1, work);
        }
        return BlackScholes.value(sign, price, strike[i], left, rateNow, carryNow, wide);
    }

    /** What an option gains by a block's moves, added to a row. For trees, which no vector unit takes. */
    void gains(int i, double[][] x, double base, double[] work, double[] sum, int count) {
        int sign = call[i] != 0 ? 1 : -1;
        double left = left(i);
        for (int s = 0; s < count; s++) {
            double price = spot[i] * OptionKernels.exponential(x[spotFactor[i]][s]);
            double wide = volatilityFactor[i] == NONE ? volatility[i] : volatility[i] * OptionKernels.exponential(x[volatilityFactor[i]][s]);
            double shift = rateFactor[i] == NONE ? 0 : x[rateFactor[i]][s];
            sum[s] += quantity[i] * AmericanOption.value(sign, price, strike[i], left, rate[i] + shift, carry[i] + shift, wide, steps | 1, work)
                    - base;
        }
    }
}
