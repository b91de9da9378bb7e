package io.partita.member.drill.history;

/** What a call asks for. */
public enum Operation {
    /** Opens accounts. */
    OPEN,
    /** One transfer. */
    TRANSFER,
    /** Transfers that are booked together or not at all. */
    LINKED,
    /** Transfers that do not depend on each other. */
    BATCH,
    /** Sets money aside. */
    PENDING,
    /** Moves what was set aside. */
    POST,
    /** Releases what was set aside. */
    VOID,
    /** The balance of an account, as the grid has it. */
    READ,
    /** The balance of an account as the journal has it: never behind. */
    STRONG_READ;

    /** Whether it may change the ledger. */
    public boolean writes() {
        return this != READ && this != STRONG_READ;
    }
}
