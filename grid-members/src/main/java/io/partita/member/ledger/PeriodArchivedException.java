package io.partita.member.ledger;

/** The entries asked for are no longer in the database: their period was archived, its file has them. */
public final class PeriodArchivedException extends RuntimeException {

    PeriodArchivedException(long position, long first) {
        super("The entry at position " + position + " is in an archive: the database begins at position " + first);
    }
}
