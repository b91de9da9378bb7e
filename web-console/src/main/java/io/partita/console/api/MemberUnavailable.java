package io.partita.console.api;

/** No member answers at the moment. Pages show it as a state, not as a failure. */
public final class MemberUnavailable extends RuntimeException {

    public MemberUnavailable(String message) {
        super(message);
    }
}
