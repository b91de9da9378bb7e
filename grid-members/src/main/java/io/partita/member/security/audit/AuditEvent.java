package io.partita.member.security.audit;

import io.partita.ledger.journal.MerkleHash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that was done, or denied.
 *
 * @param at          to the microsecond, as the database keeps it
 * @param member      that was asked
 * @param who         null for nobody known
 * @param session     the session or key; null for none
 * @param address     from where
 * @param method      of HTTP; {@code FIX}, {@code WS} or {@code MEMBER} for others
 * @param path        the address as the table of access has it
 * @param subject     what stood in its variables
 * @param status      of HTTP
 * @param code        of the problem; null if it was done
 * @param correlation of the request
 */
public record AuditEvent(Instant at, String member, String who, String session, String address, String method, String path, String subject, int status, String code,
                         String correlation) {

    private static final int LONGEST = 200;

    public AuditEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        who = storable(who);
        session = storable(session);
        address = storable(address);
        subject = storable(subject);
        correlation = storable(correlation);
    }

    /** What PostgreSQL takes, and gives back as it was: no NUL, no half of a character, and not more than anybody needs. */
    private static String storable(String text) {
        if (text == null) {
            return null;
        }
        String clean = text.replace('\0', ' ');
        String part = clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
        return new String(part.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The hash at a place of the chain: over the one before, the place, and every field with its length. */
    byte[] hash(byte[] before, long sequence) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(before);
            out.writeLong(sequence);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
            out.writeInt(status);
            for (String text : new String[] {member, who, session, address, method, path, subject, code, correlation}) {
                if (text == null) {
                    out.writeInt(-1);
                } else {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MerkleHash.ofThread().leaf(bytes.toByteArray());
    }
}
