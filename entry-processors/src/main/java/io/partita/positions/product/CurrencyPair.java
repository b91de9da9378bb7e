package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;

/**
 * Money of one currency bought with another at the spot: the quantity is minor units of the base, the price so many of the quoted for one of the
 * base.
 *
 * @param base   what is held
 * @param quoted what it is paid with
 */
public record CurrencyPair(String symbol, Currency base, Currency quoted) implements Product {

    public CurrencyPair {
        Terms.symbol(symbol);
        Terms.pair(base, quoted);
    }

    /** The pair under its usual symbol, such as {@code EUR/USD}; closes of this symbol are the rates by which amounts are converted. */
    public static CurrencyPair of(Currency base, Currency quoted) {
        return new CurrencyPair(base.code() + '/' + quoted.code(), base, quoted);
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
    public Price checked(Price price) {
        return positive(symbol, price);
    }

    static Price positive(String symbol, Price rate) {
        if (rate.signum() <= 0) {
            throw Terms.refuse(rate.signum() == 0 ? PositionRefusal.ZERO_PRICE : PositionRefusal.NEGATIVE_PRICE, symbol + " cannot cost " + rate
                    + ".");
        }
        return rate;
    }
}
