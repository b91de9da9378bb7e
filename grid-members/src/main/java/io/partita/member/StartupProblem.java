package io.partita.member;

/** Why a member cannot start, and what whoever starts it can do; shown without a stack trace. */
public final class StartupProblem extends RuntimeException {

    private final String action;

    public StartupProblem(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    public StartupProblem(String message, String action) {
        this(message, action, null);
    }

    /** What to do about it. */
    public String action() {
        return action;
    }

    /**
     * A port that another process holds.
     *
     * @param purpose what it is for, such as "grid"
     * @param setting the setting that chooses another
     */
    public static StartupProblem portTaken(int port, String purpose, String setting) {
        return new StartupProblem("Port " + port + " (" + purpose + ") is taken by another process.",
                "Stop that process (ss -ltnp 'sport = :" + port + "' names it), or choose another port with --" + setting + "=PORT.");
    }
}
