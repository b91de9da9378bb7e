package io.partita.console.trading;

import java.math.BigDecimal;

/** An instrument as a member lists it. */
record InstrumentInfo(long id, String symbol, String currency, int priceScale) {

    /** Ticks as a price; a dash for none. */
    String price(long ticks) {
        return ticks == 0 ? "\u2013" : BigDecimal.valueOf(ticks, priceScale).toPlainString();
    }
}
