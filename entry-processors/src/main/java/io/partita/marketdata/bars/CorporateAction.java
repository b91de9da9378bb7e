package io.partita.marketdata.bars;

import java.io.Serializable;
import java.math.BigDecimal;

/** What a company did to its shares. It counts from the bar on that begins at {@code from}, or the next one there is. */
public sealed interface CorporateAction extends Serializable {

    long from();

    /** Whoever had {@code old} shares has {@code now} shares. */
    record Split(long from, long now, long old) implements CorporateAction {

        public Split {
            if (now < 1 || old < 1) {
                throw new IllegalArgumentException("a split is of shares into shares: " + now + " for " + old);
            }
        }
    }

    /** @param amount for each share as it was at that time, in the unit of the prices */
    record Dividend(long from, BigDecimal amount) implements CorporateAction {

        public Dividend {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("a dividend is not negative: " + amount);
            }
        }
    }
}
