package io.partita.member.drill.report;

/**
 * One call as its client saw it, reduced to what the figures need.
 *
 * @param node           the client process that made it, such as {@code client-1}
 * @param kind           write or read
 * @param end            how it ended
 * @param code           of the refusal; empty otherwise
 * @param invokedNanos   {@link System#nanoTime()} before the call, on the clock that all processes of the machine share
 * @param completedNanos the same after it
 */
public record Observation(String node, Kind kind, End end, String code, long invokedNanos, long completedNanos) {

    /** What was asked for. */
    public enum Kind {
        WRITE, READ
    }

    /** How a call ended. */
    public enum End {
        /** A write that is booked, or a read that is current. */
        OK,
        /** A read that was answered, and marked as possibly stale. */
        STALE,
        /** The accounts do not allow it; asking again would not help. */
        REFUSED,
        /** Not served now; nothing was booked. */
        TURNED_AWAY,
        /** No answer, or none that tells. */
        UNKNOWN
    }

    public Observation {
        if (kind == Kind.WRITE && end == End.STALE) {
            throw new IllegalArgumentException("Only a read can be stale");
        }
        if (completedNanos < invokedNanos) {
            throw new IllegalArgumentException("A call of " + node + " ended before it began");
        }
    }

    boolean write() {
        return kind == Kind.WRITE;
    }

    /** Whether the client got what it asked for. */
    boolean served() {
        return end == End.OK || end == End.STALE;
    }
}
