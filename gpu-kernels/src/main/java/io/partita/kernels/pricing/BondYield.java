package io.partita.kernels.pricing;

import io.partita.kernels.Checks;
import java.util.OptionalDouble;

/**
 * Payments that are certain, and the one rate by which they are worth a price: continuously compounded, per year. Static and thread-safe; no payment is
 * negative, and the last is not zero.
 */
public final class BondYield {

    private static final double LEAST = -1;
    private static final double MOST = 10;
    private static final int HALVINGS = 100;

    private BondYield() {
    }

    /** What payments are worth: the sum of each times {@code exp(-rate * years)}. */
    public static double price(double[] payments, double[] years, double rate) {
        Checks.length(years.length, payments.length, "years");
        Checks.finite(rate, "rate");
        double sum = 0;
        for (int i = 0; i < payments.length; i++) {
            sum += Checks.notNegative(payments[i], "payment") * Math.exp(-rate * Checks.notNegative(years[i], "years"));
        }
        return Checks.finite(sum, "price of a bond");
    }

    /** The rate that gives a price; nothing if it is not between -100 % and 1,000 %, or if nothing is paid later than now. */
    public static OptionalDouble of(double[] payments, double[] years, double price) {
        Checks.positive(price, "price");
        double low = LEAST;
        double high = MOST;
        if (!(price(payments, years, low) >= price) || !(price(payments, years, high) <= price)) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (price(payments, years, middle) > price) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(0.5 * (low + high));
    }
}
