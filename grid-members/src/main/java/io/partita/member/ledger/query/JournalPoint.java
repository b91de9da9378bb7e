package io.partita.member.ledger.query;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A prefix of the journal, and so a state of the whole ledger.
 *
 * @param size     entries in it: those at positions below
 * @param bookedAt booking time of its last batch, or the epoch when it is empty
 */
public record JournalPoint(long size, Instant bookedAt) {

    static JournalPoint now(Handle handle) {
        return handle.createQuery("select size, booked_at from ledger_head where one")
                .map((rs, context) -> new JournalPoint(rs.getLong(1), Micros.toInstant(rs.getLong(2)))).one();
    }

    /** Everything that was booked at or before a time. */
    static JournalPoint at(Handle handle, Instant time) {
        return last(handle, "<=", time);
    }

    /** Everything that was booked before a time. */
    static JournalPoint before(Handle handle, Instant time) {
        return last(handle, "<", time);
    }

    private static JournalPoint last(Handle handle, String comparison, Instant time) {
        return handle.createQuery("select position + entries + 1, booked_at from ledger_batch where booked_at " + comparison
                        + " :time order by booked_at desc, position desc limit 1")
                .bind("time", Micros.of(time))
                .map((rs, context) -> new JournalPoint(rs.getLong(1), Micros.toInstant(rs.getLong(2))))
                .findOne().orElse(new JournalPoint(0, Instant.EPOCH));
    }
}
