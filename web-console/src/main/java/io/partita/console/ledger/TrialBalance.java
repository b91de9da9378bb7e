package io.partita.console.ledger;

import java.util.List;

/** All debits against all credits, per currency: in a sound ledger they are equal. */
public record TrialBalance(List<Row> currencies) {

    public TrialBalance {
        currencies = currencies == null ? List.of() : List.copyOf(currencies);
    }

    /** One currency, in major units. */
    public record Row(String currency, String debits, String credits) {

        public boolean balanced() {
            return new java.math.BigDecimal(debits).compareTo(new java.math.BigDecimal(credits)) == 0;
        }
    }
}
