package io.partita.positions.product;

import static io.partita.positions.product.Terms.refuse;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * Something of which positions can be held, with its terms. Constructors throw {@link io.partita.positions.PositionRefused} with a code for terms
 * that cannot be. Quantities are whole units ({@link Cash} and {@link CurrencyPair}: minor units); values are minor units of {@link #currency()}.
 * Immutable.
 */
public sealed interface Product permits Cash, CurrencyPair, Equity, FixedCouponBond, Future, FxForward, VanillaOption {

    /** What people call it: 1 to 32 capital letters, digits and {@code .:/-}. */
    String symbol();

    /** What it is priced and paid in. */
    Currency currency();

    /** Minor units of the currency that one unit gains when the price rises by one. */
    BigDecimal pointValue();

    /** Whether a trade is paid for at once. Of what is not, only the gain is an asset: futures and forwards. */
    default boolean paidUpFront() {
        return true;
    }

    /** The last day of its life; null for what has none. */
    default LocalDate lastDay() {
        return null;
    }

    /** Interest that has accrued on a quantity and is not in the price; 0 for what bears none. */
    default long accrued(long quantity, LocalDate day) {
        return 0;
    }

    /**
     * What a quantity is worth by a price, interest apart, rounded half even to a minor unit.
     *
     * @throws io.partita.positions.PositionRefused {@code NUMBER_TOO_LARGE} if it does not fit, or the code of a price that cannot be
     */
    default long value(long quantity, Price price) {
        checked(price);
        return Terms.minor(BigDecimal.valueOf(quantity).multiply(pointValue()).multiply(price.value()), RoundingMode.HALF_EVEN);
    }

    /** What a quantity is worth on a day: by a price, and the interest that has accrued. Errors as of {@link #value}. */
    default long worth(long quantity, Price price, LocalDate day) {
        return Terms.sum(value(quantity, price), accrued(quantity, day));
    }

    /** The price itself; throws {@code NEGATIVE_PRICE} or {@code ZERO_PRICE} if the product cannot have it. */
    default Price checked(Price price) {
        if (price.signum() < 0) {
            throw refuse(PositionRefusal.NEGATIVE_PRICE, symbol() + " cannot cost " + price + ".");
        }
        return price;
    }
}
