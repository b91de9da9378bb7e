package io.partita.member.ledger.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A prefix of the journal, and so a state of the whole ledger.
 *
 * @param size     entries in it: those at positions below
 * @param bookedAt booking time of its last batch, or the epoch when it is empty
 */
public record JournalPoint(long size, Instant bookedAt) {

    /**
     * A point at the end of a batch.
     *
     * @param batch    the id of that batch
     * @param position of its first entry; both 0 while there is none
     * @param reached  the last sequence that a shard had been given by then; -1 where that was not asked for
     */
    record End(JournalPoint point, long batch, long position, long reached) {

        /** Columns of {@link #NOW_FROM}, with a parameter {@code shard}. */
        static final String NOW = "h.size, h.booked_at, b.batch, b.position, h.sequences[:shard + 1]";
        static final String NOW_FROM = """
                ledger_head h
                left join lateral (select batch, position from ledger_batch where position < h.size order by position desc limit 1) b on true
                """;

        static End now(Handle handle, int shard) {
            return handle.createQuery("select " + NOW + " from " + NOW_FROM + "where h.one").bind("shard", shard).map((rs, context) -> now(rs)).one();
        }

        /** @param rs begins with {@link #NOW} */
        static End now(ResultSet rs) throws SQLException {
            return of(rs, rs.getLong(5));
        }

        static End before(Handle handle, Instant time) {
            return last(handle, "<", time);
        }

        private static End last(Handle handle, String comparison, Instant time) {
            return handle.createQuery("select position + entries + 1, booked_at, batch, position from ledger_batch where booked_at " + comparison
                            + " :time order by booked_at desc, position desc limit 1")
                    .bind("time", Micros.of(time)).map((rs, context) -> of(rs, -1)).findOne().orElse(new End(new JournalPoint(0, Instant.EPOCH), 0, 0, -1));
        }

        private static End of(ResultSet rs, long reached) throws SQLException {
            return new End(new JournalPoint(rs.getLong(1), Micros.toInstant(rs.getLong(2))), rs.getLong(3), rs.getLong(4), reached);
        }
    }

    static JournalPoint now(Handle handle) {
        return handle.createQuery("select size, booked_at from ledger_head where one")
                .map((rs, context) -> new JournalPoint(rs.getLong(1), Micros.toInstant(rs.getLong(2)))).one();
    }

    /** Everything that was booked at or before a time. */
    static JournalPoint at(Handle handle, Instant time) {
        return End.last(handle, "<=", time).point();
    }

    /** Everything that was booked before a time. */
    static JournalPoint before(Handle handle, Instant time) {
        return End.before(handle, time).point();
    }
}
