package io.partita.member.demo;

/**
 * How far the demo world is. Safe for use by any thread.
 *
 * @param state what it does
 * @param done  days of its past that are booked
 * @param days  days that its past has
 */
public record DemoProgress(State state, int done, int days) {

    /** What the demo world does on this member. */
    public enum State {
        /** It waits for the ledger. */
        WAITING,
        /** Its past is being booked. */
        LOADING,
        /** Its past is booked and its business goes on, on this member. */
        RUNNING,
        /** Another member carries it on; this one takes over when that one leaves. */
        STANDBY,
        /** The ledger has entries of its own, so there is no demo world. */
        ABSENT,
        /** It is over. */
        STOPPED
    }
}
