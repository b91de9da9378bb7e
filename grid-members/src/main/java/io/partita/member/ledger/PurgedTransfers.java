package io.partita.member.ledger;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.member.ledger.JournalLookup.Related;
import io.partita.money.Currency;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** Transfers whose rows were purged: their ids stay taken, a repeat gets its first result, and they can be reversed. */
final class PurgedTransfers {

    private static final int DIGEST = 16;

    private static final TransferKind[] KINDS = TransferKind.values();

    private PurgedTransfers() {
    }

    static Purged read(ResultSet row) throws SQLException {
        return new Purged(row.getObject("id", UUID.class), row.getBytes("digest"), row.getLong("position"), row.getLong("debit_sequence"),
                row.getLong("credit_sequence"), row.getLong("booked_at"));
    }

    static Related related(ResultSet row) throws SQLException {
        return new Related(row.getObject("id", UUID.class), KINDS[row.getInt("kind")], row.getLong("debit_account"),
                row.getLong("credit_account"), row.getLong("amount"), Currency.of(row.getString("currency")), row.getObject("relates_to", UUID.class));
    }

    /**
     * What is kept of a purged transfer.
     *
     * @param digest of what the client asked for
     */
    record Purged(UUID id, byte[] digest, long position, long debitSequence, long creditSequence, long bookedAt) implements JournalLookup.Known {

        @Override
        public LedgerResult.Booked repeated() {
            return new LedgerResult.Booked(id, position, debitSequence, creditSequence, JournalLookup.instant(bookedAt), true);
        }

        @Override
        public boolean answers(Transfer request) {
            return Arrays.equals(digest, PurgedTransfers.digest(request));
        }
    }

    /** The digest of a request; the same as {@code ledger_request_digest} makes of the row that it was booked as. */
    static byte[] digest(Transfer request) {
        TransferKind kind = request.kind();
        String what = kind.derivesFromRelated() || request.amount() == null ? ""
                : request.debitAccount() + "," + request.creditAccount() + "," + request.amount().minor() + "," + request.amount().currency().code();
        String text = String.join("|", Integer.toString(kind.ordinal()), request.relatesTo() == null ? "" : request.relatesTo().toString(),
                Integer.toString(request.code()), request.valueDate() == null ? "" : Long.toString(request.valueDate().toEpochDay()),
                request.expiresAt() == null ? "" : Long.toString(JournalLookup.micros(request.expiresAt())), what, request.reference());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
