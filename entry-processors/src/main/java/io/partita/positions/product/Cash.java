package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;

/** Money itself: a quantity of minor units, whose price is always 1. Its symbol is the currency's code. */
public record Cash(Currency currency) implements Product {

    public Cash {
        Terms.money(currency);
    }

    @Override
    public String symbol() {
        return currency.code();
    }

    @Override
    public BigDecimal pointValue() {
        return BigDecimal.ONE;
    }

    @Override
    public Price checked(Price price) {
        if (!price.equals(Price.ONE)) {
            throw Terms.refuse(PositionRefusal.MALFORMED_PRICE, "The price of cash is 1.");
        }
        return price;
    }
}
