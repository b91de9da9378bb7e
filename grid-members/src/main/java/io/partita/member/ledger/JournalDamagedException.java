package io.partita.member.ledger;

/**
 * What is stored cannot be the journal that was written: a row is missing, there is one too many, or hashes do not agree.
 * The message says where. Never a passing condition: whoever meets it must compare with a bundle or a backup.
 */
public final class JournalDamagedException extends RuntimeException {

    public JournalDamagedException(String message) {
        super(message);
    }

    public JournalDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
