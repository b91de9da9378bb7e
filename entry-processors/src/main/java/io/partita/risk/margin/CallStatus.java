package io.partita.risk.margin;

/** How far a margin call has come. */
public enum CallStatus {
    /** Asked for; nothing of it has come. */
    ISSUED,
    /** Less is missing than was called. */
    PARTLY_MET,
    /** The deadline has passed, and something is missing. */
    OVERDUE,
    /** The account is stopped, and its positions are being closed. */
    LIQUIDATING,
    /** The account has its initial margin. The call is over. */
    MET,
    /** The account has no positions, or again its initial margin, after it was liquidated. The call is over. */
    CLOSED;

    public boolean over() {
        return this == MET || this == CLOSED;
    }
}
