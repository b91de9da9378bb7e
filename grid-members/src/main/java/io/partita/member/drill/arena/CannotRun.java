package io.partita.member.drill.arena;

/** A drill cannot be run here; the message says what is missing, the action what to do about it. */
public final class CannotRun extends RuntimeException {

    private final String action;

    public CannotRun(String message, String action) {
        super(message);
        this.action = action;
    }

    public CannotRun(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    public String action() {
        return action;
    }
}
