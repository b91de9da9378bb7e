package io.partita.kernels.pricing;

import io.partita.kernels.Checks;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The volatility by which a model comes to a price that somebody paid: prices rise with volatility, so that there is one or none. By bisection, which
 * needs no derivative where that is next to nothing. Static and thread-safe; parameters as {@link BlackScholes} has them.
 */
public final class ImpliedVolatility {

    /** The most that is looked for: 1,600 % a year. */
    public static final double MOST = 16;
    private static final int HALVINGS = 60;
    /** What rounding of prices may leave below the least or above the most that any volatility gives, of the larger of spot and strike. */
    private static final double TOLERANCE = 1e-9;

    private ImpliedVolatility() {
    }

    /**
     * Of a European option.
     *
     * @return 0 for a price that is the least there can be; nothing for one below that, or above what the most volatility gives
     * @throws io.partita.kernels.KernelRefusedException as {@link BlackScholes#price}
     */
    public static OptionalDouble ofEuropean(boolean call, double price, double spot, double strike, double years, double rate, double carry) {
        BlackScholes.check(spot, strike, years, rate, carry, MOST);
        int sign = call ? 1 : -1;
        return search(price, Math.max(spot, strike), volatility -> BlackScholes.value(sign, spot, strike, years, rate, carry, volatility));
    }

    /** Of an American one, by a tree of so many steps. Where it would be exercised at once whatever the volatility, the least one counts. */
    public static OptionalDouble ofAmerican(boolean call, double price, double spot, double strike, double years, double rate, double carry, int steps) {
        BlackScholes.check(spot, strike, years, rate, carry, MOST);
        Checks.size(steps, 3, AmericanOption.MOST_STEPS, "steps");
        int sign = call ? 1 : -1;
        double[] work = new double[(steps | 1) + 1];
        return search(price, Math.max(spot, strike), volatility -> AmericanOption.value(sign, spot, strike, years, rate, carry, volatility, steps | 1, work));
    }

    private static OptionalDouble search(double price, double scale, DoubleUnaryOperator model) {
        Checks.notNegative(price, "price");
        double tolerance = TOLERANCE * scale;
        double least = model.applyAsDouble(0);
        if (price < least - tolerance || price > model.applyAsDouble(MOST) + tolerance) {
            return OptionalDouble.empty();
        }
        if (price <= least + tolerance) {
            return OptionalDouble.of(0);
        }
        double low = 0;
        double high = MOST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (model.applyAsDouble(middle) < price) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(0.5 * (low + high));
    }
}
