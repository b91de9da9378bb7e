package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A future. Nothing is paid for it at once, only its gain counts as an asset; its price may be negative.
 *
 * @param underlying what it is on: the symbol of another product; null for what is none here, such as an index
 * @param multiplier units of the underlying in one contract
 */
public record Future(String symbol, Currency currency, String underlying, long multiplier, LocalDate expiry) implements Product {

    public Future {
        Terms.symbol(symbol);
        Terms.money(currency);
        Terms.multiplier(multiplier);
        Terms.day(expiry);
        underlying(symbol, underlying);
    }

    static void underlying(String symbol, String underlying) {
        if (underlying != null && Terms.symbol(underlying).equals(symbol)) {
            throw Terms.refuse(PositionRefusal.INVALID_UNDERLYING, symbol + " is not on itself.");
        }
    }

    @Override
    public BigDecimal pointValue() {
        return BigDecimal.valueOf(multiplier).movePointRight(currency.minorDigits());
    }

    @Override
    public boolean paidUpFront() {
        return false;
    }

    @Override
    public LocalDate lastDay() {
        return expiry;
    }

    @Override
    public Price checked(Price price) {
        return price;
    }
}
