package io.partita.positions.product;

import io.partita.money.Currency;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An exchange of currencies that is agreed for a later day. The quantity is minor units of the base (negative: sold), the price the forward rate;
 * the rate that was agreed is in the cost. Nothing is paid before the day: only the gain counts as an asset, and it is not discounted.
 */
public record FxForward(String symbol, Currency base, Currency quoted, LocalDate delivery) implements Product {

    public FxForward {
        Terms.symbol(symbol);
        Terms.pair(base, quoted);
        Terms.day(delivery);
    }

    @Override
    public Currency currency() {
        return quoted;
    }

    @Override
    public BigDecimal pointValue() {
        return Terms.minorPerMinor(base, quoted);
    }

    @Override
    public boolean paidUpFront() {
        return false;
    }

    @Override
    public LocalDate lastDay() {
        return delivery;
    }

    @Override
    public Price checked(Price price) {
        return CurrencyPair.positive(symbol, price);
    }
}
