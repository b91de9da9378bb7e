package io.partita.member.ledger;

import java.sql.SQLException;

/** Why the journal did not take a batch; each case calls for another answer. */
abstract sealed class StoreException extends Exception {

    private StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The database cannot be reached or fails; nothing was booked. */
    static final class Unavailable extends StoreException {
        Unavailable(SQLException cause) {
            super("The database is not available: " + cause.getMessage(), cause);
        }
    }

    /** The connection was lost at COMMIT: the batch may be booked or not. */
    static final class OutcomeUnknown extends StoreException {
        OutcomeUnknown(SQLException cause) {
            super("The outcome of a commit is unknown: " + cause.getMessage(), cause);
        }
    }

    /** Another member has raised the epoch of a touched shard since authorization; nothing was booked. */
    static final class Fenced extends StoreException {
        final int shard;
        final int epoch;

        Fenced(int shard, int epoch) {
            super("Epoch " + epoch + " of shard " + shard + " is over", null);
            this.shard = shard;
            this.epoch = epoch;
        }
    }

    /** A unique index refuses an entry: its id, or what it relates to, has been used; nothing was booked. */
    static final class Conflict extends StoreException {
        Conflict(SQLException cause) {
            super("The journal has such an entry: " + cause.getMessage(), cause);
        }
    }

    /** This member is not in the view and may not raise epochs. */
    static final class NotInView extends StoreException {
        NotInView() {
            super("This member is not in the view", null);
        }
    }

    /** PostgreSQL objects to what the batch says: one of its entries can never be stored. Nothing was booked. */
    static final class Rejected extends StoreException {
        Rejected(SQLException cause) {
            super("The database refuses an entry: " + cause.getMessage(), cause);
        }
    }

    /** What a failed statement means before COMMIT was sent. */
    static StoreException of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.equals("23505") || state.startsWith("40")) {
            // A deadlock or a serialization failure is a conflict too: looking again sorts it out.
            return new Conflict(failure);
        }
        return state.startsWith("22") || state.startsWith("23") ? new Rejected(failure) : new Unavailable(failure);
    }
}
