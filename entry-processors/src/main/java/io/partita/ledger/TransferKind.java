package io.partita.ledger;

/** What a transfer does. Ordinals are stored in the journal: new kinds go last. */
public enum TransferKind {
    /** Moves money at once. */
    POSTED,
    /** Sets money aside on both accounts until it is posted, voided or expires. */
    PENDING,
    /** Moves what a pending transfer set aside, in whole or in part; the rest is released. */
    POST_PENDING,
    /** Releases what a pending transfer set aside. */
    VOID_PENDING,
    /** Releases what a pending transfer set aside, because its time has come; written by the ledger itself. */
    EXPIRE_PENDING,
    /** Moves the whole amount of an earlier transfer back; once for each original. */
    REVERSAL,
    /** Corrects an earlier transfer by any amount, in either direction. */
    ADJUSTMENT;

    /** True for the kinds that end a pending transfer. */
    public boolean resolvesPending() {
        return this == POST_PENDING || this == VOID_PENDING || this == EXPIRE_PENDING;
    }

    /** True for the kinds whose accounts and amount may be left to the transfer that they relate to. */
    public boolean derivesFromRelated() {
        return resolvesPending() || this == REVERSAL;
    }
}
