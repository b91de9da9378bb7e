package io.partita.member.intake;

/** The import cannot go on; the message says why and what to do. What was confirmed is kept. */
public final class ImportStopped extends RuntimeException {

    ImportStopped(String message) {
        super(message);
    }

    ImportStopped(String message, Throwable cause) {
        super(message, cause);
    }
}
