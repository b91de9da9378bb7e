package io.partita.kernels.pricing;

/**
 * An option's price and how it changes, for one unit of the underlying.
 *
 * @param price what it is worth
 * @param delta by the price of the underlying
 * @param gamma of delta by the price of the underlying
 * @param vega  by the volatility, for a whole unit of it (100 percentage points)
 * @param theta by the passing of a year
 * @param rho   by the rate, with what the underlying pays left as it is: rate and cost of carry move together
 * @param carry by the cost of carry with the rate left as it is; what it pays (dividend yield, foreign rate) has the opposite sign
 */
public record Greeks(double price, double delta, double gamma, double vega, double theta, double rho, double carry) {

    /** How many numbers these are, in the order of the components. */
    public static final int COUNT = 7;

    /** Rho of an option on a future, of which the cost of carry stays zero whatever the rate. */
    public double rhoOfFuture() {
        return rho - carry;
    }
}
