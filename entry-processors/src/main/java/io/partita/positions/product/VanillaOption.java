package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * The right to buy or sell something at a price, at the end (European) or at any time until then (American).
 *
 * @param underlying the symbol of another product in the same currency
 * @param strike     the price at which the right is used
 * @param multiplier units of the underlying in one contract
 */
public record VanillaOption(String symbol, Currency currency, String underlying, Right right, Exercise exercise, Price strike, long multiplier,
                            LocalDate expiry) implements Product {

    /** To do what. */
    public enum Right { CALL, PUT }

    /** When. */
    public enum Exercise { EUROPEAN, AMERICAN }

    public VanillaOption {
        Terms.symbol(symbol);
        Terms.money(currency);
        if (underlying == null || right == null || exercise == null || strike == null) {
            throw Terms.refuse(PositionRefusal.MISSING_FIELD, "An option has an underlying, a right, an exercise and a strike.");
        }
        Future.underlying(symbol, underlying);
        if (strike.signum() <= 0) {
            throw Terms.refuse(PositionRefusal.INVALID_STRIKE, "The strike is " + strike + ".");
        }
        Terms.multiplier(multiplier);
        Terms.day(expiry);
    }

    /** What using it now would bring for one unit of the underlying; not negative. */
    public Price intrinsic(Price spot) {
        Objects.requireNonNull(spot, "spot");
        BigDecimal gain = spot.value().subtract(strike.value());
        return new Price((right == Right.CALL ? gain : gain.negate()).max(BigDecimal.ZERO));
    }

    @Override
    public BigDecimal pointValue() {
        return BigDecimal.valueOf(multiplier).movePointRight(currency.minorDigits());
    }

    @Override
    public LocalDate lastDay() {
        return expiry;
    }
}
