package io.partita.trading.settlement;

import io.partita.money.Money;

/**
 * One movement of a trade in the ledger.
 *
 * @param part   what it is for
 * @param debit  the ledger account that gives
 * @param credit the ledger account that gets
 */
public record Leg(Part part, long debit, long credit, Money amount) {

    /** What a leg is for. Ordinals are part of transfers' ids: new ones go last, and there are at most 16. */
    public enum Part {
        SECURITY,
        CASH,
        BUYER_FEE,
        SELLER_FEE
    }
}
