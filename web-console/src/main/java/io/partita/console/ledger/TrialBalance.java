package io.partita.console.ledger;

import java.math.BigDecimal;
import java.util.List;

/** All debits against all credits, per currency: in a sound ledger they are equal. */
public record TrialBalance(List<Row> currencies) {

    public TrialBalance {
        currencies = currencies == null ? List.of() : List.copyOf(currencies);
    }

    /** One currency, in major units; sums over a whole ledger may exceed what one amount can be. */
    public record Row(String currency, BigDecimal debits, BigDecimal credits) {

        public BigDecimal difference() {
            return debits.subtract(credits);
        }

        public boolean balanced() {
            return difference().signum() == 0;
        }
    }
}
