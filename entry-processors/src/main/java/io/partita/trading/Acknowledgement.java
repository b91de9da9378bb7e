package io.partita.trading;

/** When a caller is told what became of a command. */
public enum Acknowledgement {
    /** When the book and its synchronous backups have it: survives the loss of a member, not that of all members at once. */
    REPLICATED,
    /** When PostgreSQL has committed it, too. */
    DURABLE
}
