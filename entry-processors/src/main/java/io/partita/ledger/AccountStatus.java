package io.partita.ledger;

/** Whether an account takes entries. Ordinals are stored. */
public enum AccountStatus {
    /** Takes entries. */
    OPEN,
    /** Takes none, except that what was pending may be voided or may expire. Can be opened again. */
    FROZEN,
    /** Takes none, for good; its balance is zero. */
    CLOSED
}
