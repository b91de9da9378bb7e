package io.partita.ledger;

/** The side of a ledger entry. Ordinals are stored. */
public enum Side {
    DEBIT, CREDIT
}
