package io.partita.console.trading;

import io.partita.console.ui.Amounts;
import java.math.BigDecimal;

/** An instrument as a member lists it. */
record InstrumentInfo(long id, String symbol, String currency, int priceScale) {

    /** Ticks as a price to be read; a dash for none. */
    String price(long ticks) {
        return ticks == 0 ? "\u2013" : Amounts.figure(decimal(ticks));
    }

    BigDecimal decimal(long ticks) {
        return BigDecimal.valueOf(ticks, priceScale);
    }
}
