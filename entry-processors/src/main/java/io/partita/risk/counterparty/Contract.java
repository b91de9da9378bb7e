package io.partita.risk.counterparty;

/**
 * A position with a counterparty.
 *
 * @param worth    what the counterparty would owe if it ended now, in minor units; less than 0 for what would be owed to it
 * @param notional the absolute worth of what it is on, in minor units
 * @param days     until it ends
 */
public record Contract(long worth, long notional, AddOn addOn, long days) {

    public Contract {
        if (notional < 0) {
            throw new IllegalArgumentException("a notional is not negative: " + notional);
        }
    }
}
