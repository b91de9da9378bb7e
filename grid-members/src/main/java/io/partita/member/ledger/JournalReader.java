package io.partita.member.ledger;

import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Reads the journal back from PostgreSQL, as the entries that were hashed. Memory is bounded however long the range is:
 * rows come in chunks of whole batches. A missing or an additional row is found and thrown as a
 * {@link JournalDamagedException}; an altered one is found by its hash, by whoever knows that. Thread-safe.
 */
public final class JournalReader {

    /** Entries that are held at once, unless a single batch is larger. */
    private static final int CHUNK = 32_768;

    private final Jdbi database;
    private final int chunk;

    public JournalReader(DataSource database) {
        this(database, CHUNK);
    }

    JournalReader(DataSource database, int chunk) {
        this.database = Jdbi.create(database);
        this.chunk = chunk;
    }

    /** Takes entries one by one, in journal order; the seal is that of the entry's batch. */
    @FunctionalInterface
    public interface Visitor {
        void entry(long position, JournalEntry entry, Seal seal);
    }

    /** The journal's end: entries so far, and the Merkle root over them. */
    public record Head(long size, byte[] frontier, byte[] root, long bookedAt) {
    }

    public Head head() {
        return database.withHandle(handle -> handle.createQuery("select size, frontier, root, booked_at from ledger_head where one")
                .map((row, _) -> new Head(row.getLong(1), row.getBytes(2), row.getBytes(3), row.getLong(4))).one());
    }

    /** The Merkle root at a size, if a batch ended there. */
    public Optional<byte[]> rootAt(long size) {
        return database.withHandle(handle -> handle.createQuery("""
                        select root from ledger_batch
                         where position < :size and position + entries + 1 = :size
                         order by position desc limit 1""")
                .bind("size", size).mapTo(byte[].class).findOne());
    }

    /** Every entry with {@code from <= position < to} that there is, in order, seals included. */
    public void read(long from, long to, Visitor visitor) {
        long end = Math.min(to, head().size());
        long next = from;
        try {
            while (next < end) {
                JournalRows rows = chunk(next, end);
                rows.visit(from, end, visitor);
                next = rows.end();
            }
        } catch (JournalDamagedException damaged) {
            long first = firstPosition();
            throw from < first ? new PeriodArchivedException(from, first) : damaged;
        }
    }

    /** The first position whose row is certainly there: what is before it was archived, and mostly purged. */
    public long firstPosition() {
        return database.withHandle(handle ->
                handle.createQuery("select coalesce(max(to_position), 0) from ledger_archive").mapTo(long.class).one());
    }

    /** One chunk is read in one snapshot; between two chunks the journal can only have grown, or been purged. */
    private JournalRows chunk(long from, long to) {
        return database.inTransaction(TransactionIsolationLevel.REPEATABLE_READ,
                handle -> JournalRows.read(handle, batches(handle, from, to), from));
    }

    private List<Seal> batches(Handle handle, long from, long to) {
        List<Seal> batches = new ArrayList<>();
        CopyRow.forEach(handle, """
                select %s from ledger_batch
                 where position >= coalesce((select max(position) from ledger_batch where position <= %d), 0) and position < %d
                 order by position limit %d""".formatted(JournalRows.BATCH_COLUMNS, from, to, chunk / 4),
                row -> batches.add(JournalRows.seal(row)));
        int count = 0;
        long entries = 0;
        while (count < batches.size() && (count == 0 || entries + batches.get(count).index() < chunk)) {
            entries += batches.get(count).index() + 1;
            count++;
        }
        return batches.subList(0, count);
    }

    /** The entry at a position. */
    public Optional<Placed> at(long position) {
        if (position < 0 || position == Long.MAX_VALUE) {
            return Optional.empty();
        }
        List<Placed> found = new ArrayList<>(1);
        read(position, position + 1, (place, entry, seal) -> found.add(new Placed(place, entry, seal)));
        return found.stream().findFirst();
    }

    /** The transfer or account command of an id. */
    public Optional<Placed> find(UUID id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    /** The transfers and account commands of some ids, those that there are, in the order of the ids. */
    public Map<UUID, Placed> find(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.withHandle(handle -> {
            // A uuid's text is made of digits and dashes: safe to put in the statement.
            String wanted = ids.stream().map(UUID::toString).collect(Collectors.joining(",", "id = any('{", "}'::uuid[])"));
            List<JournalEntry> entries = new ArrayList<>();
            CopyRow.forEach(handle, "select " + JournalRows.TRANSFER_COLUMNS + " from ledger_transfer where " + wanted,
                    row -> entries.add(JournalRows.booking(row)));
            if (entries.size() < ids.size()) {
                CopyRow.forEach(handle,
                        "select " + JournalRows.CHANGE_COLUMNS + " from ledger_account_change where " + wanted,
                        row -> entries.add(JournalRows.change(row)));
            }
            return inOrder(ids, placed(handle, entries));
        });
    }

    private static Map<UUID, Placed> placed(Handle handle, List<JournalEntry> entries) {
        Map<UUID, Placed> placed = new HashMap<>();
        if (entries.isEmpty()) {
            return placed;
        }
        String wanted = entries.stream().map(entry -> Long.toString(entry.batch())).distinct()
                .collect(Collectors.joining(",", "batch = any('{", "}'::bigint[])"));
        Map<Long, Seal> seals = new HashMap<>();
        CopyRow.forEach(handle, "select " + JournalRows.BATCH_COLUMNS + " from ledger_batch where " + wanted, row -> {
            Seal seal = JournalRows.seal(row);
            seals.put(seal.batch(), seal);
        });
        for (JournalEntry entry : entries) {
            Seal seal = seals.get(entry.batch());
            if (seal == null) {
                throw new JournalDamagedException("Batch " + entry.batch() + " is missing, but it has entries");
            }
            UUID id = switch (entry) {
                case Booking booking -> booking.id();
                case AccountChange change -> change.command().id();
                case Seal _ -> throw new IllegalStateException("A seal has no id");
            };
            placed.put(id, new Placed(seal.position() + entry.index(), entry, seal));
        }
        return placed;
    }

    private static Map<UUID, Placed> inOrder(Collection<UUID> ids, Map<UUID, Placed> found) {
        Map<UUID, Placed> ordered = new LinkedHashMap<>();
        for (UUID id : ids) {
            Placed placed = found.get(id);
            if (placed != null) {
                ordered.put(id, placed);
            }
        }
        return ordered;
    }

    /**
     * The first batch boundary at which everything booked before the time is behind: the position of the first entry
     * booked at the time or later, or the journal's size.
     */
    public long positionAt(long bookedAtMicros) {
        return database.withHandle(handle -> handle.createQuery("""
                        select coalesce((select position from ledger_batch where booked_at >= :time order by booked_at, position limit 1),
                                        (select size from ledger_head where one))""")
                .bind("time", bookedAtMicros).mapTo(Long.class).one());
    }
}
