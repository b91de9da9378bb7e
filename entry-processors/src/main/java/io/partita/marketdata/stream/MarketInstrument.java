package io.partita.marketdata.stream;

import java.math.BigDecimal;

/**
 * What whoever reads or sends ticks needs to know of an instrument.
 *
 * @param priceScale a price of n ticks is n / 10^priceScale of the currency
 */
public record MarketInstrument(long id, String symbol, String currency, int priceScale) {

    /** What a tick is worth, as indicators see it. */
    public double tick() {
        return Math.pow(10, -priceScale);
    }

    /**
     * A price in ticks.
     *
     * @throws ArithmeticException if it has more decimals than prices of the instrument, or is out of any range
     */
    public long ticks(BigDecimal price) {
        return price.movePointRight(priceScale).longValueExact();
    }
}
