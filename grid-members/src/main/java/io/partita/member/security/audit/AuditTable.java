package io.partita.member.security.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The chain of events in PostgreSQL. Thread-safe. */
final class AuditTable {

    private static final String COLUMNS = "sequence, at, member, who, session, address, method, path, subject, status, code, correlation, hash";
    private static final int READ_AT_ONCE = 5_000;

    private final Jdbi jdbi;

    AuditTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An event at its place. */
    record Row(long sequence, AuditEvent event, byte[] hash) {
    }

    /** Which events are wanted; null for all. @param below the sequence that the page ends before */
    record Filter(String who, String method, String code, Instant from, Instant to, long below) {
    }

    /** What came of holding the chain against itself. @param brokenAt the first event whose hash is not that of its content; 0 if all are */
    record Verified(long first, long last, long events, long brokenAt, String hash) {
    }

    /** Appends events in one commit, in this order. */
    void append(List<AuditEvent> events) {
        jdbi.useTransaction(handle -> {
            Head head = handle.select("select sequence, hash from audit_head for update").map((row, context) -> new Head(row.getLong(1), row.getBytes(2))).one();
            long sequence = head.sequence();
            byte[] hash = head.hash();
            PreparedBatch batch = handle.prepareBatch("insert into audit_event (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            for (AuditEvent event : events) {
                hash = event.hash(hash, ++sequence);
                batch.add(sequence, event.at().atOffset(ZoneOffset.UTC), event.member(), event.who(), event.session(), event.address(), event.method(), event.path(),
                        event.subject(), event.status(), event.code(), event.correlation(), hash);
            }
            batch.execute();
            handle.execute("update audit_head set sequence = ?, hash = ?", sequence, hash);
        });
    }

    private record Head(long sequence, byte[] hash) {
    }

    /** The newest first. */
    List<Row> page(Filter filter, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from audit_event " + """
                where sequence < :below and (:who::text is null or who = :who) and (:method::text is null or method = :method)
                and (:code::text is null or code = :code) and (:from::timestamptz is null or at >= :from) and (:to::timestamptz is null or at < :to)
                order by sequence desc limit :limit""")
                .bind("below", filter.below()).bind("who", filter.who()).bind("method", filter.method()).bind("code", filter.code())
                .bind("from", time(filter.from())).bind("to", time(filter.to())).bind("limit", limit).setQueryTimeout(10)
                .map((row, context) -> row(row)).list());
    }

    private static OffsetDateTime time(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** Whether an event of a member's beginning has no end after it: what its last moments brought may be missing. */
    Optional<Row> lastOf(String member, List<String> paths) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS
                + " from audit_event where who = :member and method = 'MEMBER' and path in (<paths>) order by sequence desc limit 1")
                .bind("member", member).bindList("paths", paths).map((row, context) -> row(row)).findOne());
    }

    /** Computes hashes again, from an event on. */
    Verified verify(long first, long limit) {
        return jdbi.inTransaction(handle -> {
            byte[] hash = first <= 1 ? new byte[32] : handle.select("select hash from audit_event where sequence = ?", first - 1).mapTo(byte[].class).findOne().orElse(null);
            long next = Math.max(1, first);
            long last = Math.min(next + limit - 1, handle.select("select sequence from audit_head").mapTo(Long.class).one());
            long count = 0;
            while (next <= last) {
                List<Row> rows = part(handle, next, Math.min(last, next + READ_AT_ONCE - 1));
                for (Row row : rows) {
                    byte[] expected = hash == null || row.sequence() != next ? null : row.event().hash(hash, next);
                    if (expected == null || !Arrays.equals(expected, row.hash())) {
                        return new Verified(Math.max(1, first), last, count, next, null);
                    }
                    hash = expected;
                    next++;
                    count++;
                }
                if (rows.isEmpty()) {
                    return new Verified(Math.max(1, first), last, count, next, null);
                }
            }
            boolean end = last < next && handle.select("select sequence = ? and hash = ? from audit_head", last, hash).mapTo(Boolean.class).one();
            boolean whole = end || handle.select("select sequence > ? from audit_head", last).mapTo(Boolean.class).one();
            return new Verified(Math.max(1, first), last, count, whole || count == 0 ? 0 : last, hash == null ? null : HexFormat.of().formatHex(hash));
        });
    }

    private static List<Row> part(Handle handle, long from, long to) {
        return handle.createQuery("select " + COLUMNS + " from audit_event where sequence between :from and :to order by sequence").bind("from", from).bind("to", to)
                .map((row, context) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), new AuditEvent(row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3), row.getString(4), row.getString(5), row.getString(6),
                row.getString(7), row.getString(8), row.getString(9), row.getInt(10), row.getString(11), row.getString(12)), row.getBytes(13));
    }
}
