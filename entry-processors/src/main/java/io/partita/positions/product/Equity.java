package io.partita.positions.product;

import io.partita.money.Currency;
import java.math.BigDecimal;

/** A share, or whatever else is so many units at a price in a currency. */
public record Equity(String symbol, Currency currency) implements Product {

    public Equity {
        Terms.symbol(symbol);
        Terms.money(currency);
    }

    @Override
    public BigDecimal pointValue() {
        return BigDecimal.ONE.movePointRight(currency.minorDigits());
    }
}
