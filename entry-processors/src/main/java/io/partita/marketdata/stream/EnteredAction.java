package io.partita.marketdata.stream;

import io.partita.marketdata.bars.CorporateAction;
import java.math.BigDecimal;

/**
 * What a company did to its shares, as somebody entered it.
 *
 * @param from   nanoseconds since 1970; it counts from the bar on that begins then, or the next one there is
 * @param now    of a split: so many shares for {@code old}; both 0 for a dividend
 * @param amount of a dividend: of the instrument's currency, for each share as it was then; null for a split
 */
public record EnteredAction(long number, long instrument, long from, long now, long old, BigDecimal amount) {

    public EnteredAction {
        if (amount == null ? now < 1 || old < 1 : now != 0 || old != 0 || amount.signum() < 0) {
            throw new IllegalArgumentException("a split is of shares into shares, and a dividend an amount");
        }
    }

    /** For series whose unit is a tick. @param priceScale decimals of the instrument's prices */
    public CorporateAction inTicks(int priceScale) {
        return amount == null ? new CorporateAction.Split(from, now, old) : new CorporateAction.Dividend(from, amount.movePointRight(priceScale));
    }
}
