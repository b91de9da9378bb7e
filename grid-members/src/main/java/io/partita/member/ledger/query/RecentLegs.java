package io.partita.member.ledger.query;

import io.partita.ledger.journal.JournalEntry;
import io.partita.member.ledger.CommitListener;
import io.partita.member.ledger.JournalBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The end of the journal by account, in memory: what statements are mostly asked for. The database finds the newest entries of one account by looking through those of all, and would
 * do so for each statement; here each entry is read once, by the first statement that misses it, or never, if this member has booked it.
 *
 * <p>What is here is used only for a snapshot whose last batch is here too. Batches are committed one after the other, so the same batch at the same place means the same journal up
 * to it, also after the database was restored to an earlier time. Thread-safe; no lock is held while the database works.
 */
final class RecentLegs implements CommitListener {

    /** Some 10 MB of legs. */
    private static final int MOST = 1 << 16;
    /** About as many as a statement that finds nothing here looks through. */
    private static final long MOST_AT_ONCE = 1 << 13;
    /** Batches whose predecessor another thread of this member has not told yet, or another member has booked. */
    private static final int MOST_EARLY = 64;

    private final int most;
    private final long mostAtOnce;
    /** Ids of batches by their positions; everything that was booked after the first of them up to the last is here, or was and had to go. */
    private final TreeMap<Long, Long> batches = new TreeMap<>();
    private final ArrayDeque<Leg> all = new ArrayDeque<>();
    private final Map<Long, ArrayDeque<Leg>> byAccount = new HashMap<>();
    /** What this member has booked after batches that are not here, by position. */
    private final TreeMap<Long, Booked> early = new TreeMap<>();
    /** The first position that is here. */
    private long low;
    /** The end of the last batch, and when it was booked. */
    private long high;
    private long highBookedAt;
    /** Entries that were told since somebody asked. */
    private long unasked;

    RecentLegs() {
        this(MOST, MOST_AT_ONCE);
    }

    /**
     * @param most       legs that are kept, and batches
     * @param mostAtOnce entries that one statement reads for those after it
     */
    RecentLegs(int most, long mostAtOnce) {
        this.most = most;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * Legs of an account, newest first.
     *
     * @param from all legs from this position on were looked at, as long as there was room for them
     */
    record Found(List<Leg> legs, long from) {
    }

    /** @param bookedAt microseconds since the epoch */
    private record Batch(long id, long position, long bookedAt) {
    }

    private record Booked(JournalBatch batch, JournalBatch.Place place, long after) {
    }

    /** What nobody asks for is not kept: the next who asks reads it. */
    @Override
    public synchronized void committed(JournalBatch batch, JournalBatch.Place place, long after) {
        unasked += batch.entries().size();
        if (unasked > mostAtOnce) {
            early.clear();
            return;
        }
        if (batches.isEmpty() || place.position() < high) {
            return;
        }
        early.put(place.position(), new Booked(batch, place, after));
        takeEarly();
        if (early.size() > MOST_EARLY) {
            early.clear();
        }
    }

    private void takeEarly() {
        early.headMap(high).clear();
        for (Booked next = early.remove(high); next != null && next.after == highBookedAt; next = early.remove(high)) {
            batches.put(next.place.position(), next.batch.id());
            for (JournalEntry entry : next.batch.entries()) {
                if (entry instanceof JournalEntry.Booking booking) {
                    keep(JournalLine.of(booking, next.batch, next.place));
                }
            }
            high = next.batch.end(next.place);
            highBookedAt = next.place.bookedAt();
        }
        drop();
    }

    private void keep(JournalLine line) {
        if (Leg.posts(line)) {
            keep(Leg.debit(line));
            keep(Leg.credit(line));
        }
    }

    private void keep(Leg leg) {
        all.add(leg);
        byAccount.computeIfAbsent(leg.account(), id -> new ArrayDeque<>(4)).add(leg);
    }

    private void drop() {
        while (all.size() > most) {
            Leg oldest = all.remove();
            low = oldest.position() + 1;
            byAccount.computeIfPresent(oldest.account(), (id, own) -> own.size() == 1 ? null : withoutFirst(own));
        }
        while (batches.size() > most) {
            batches.pollFirstEntry();
        }
    }

    private static ArrayDeque<Leg> withoutFirst(ArrayDeque<Leg> legs) {
        legs.remove();
        return legs;
    }

    /**
     * The newest legs of [low, high) that moved money.
     *
     * @param end of the journal in this snapshot, or before
     */
    Found newest(Handle handle, long account, JournalPoint.End end, long low, long high, int limit) {
        Batch last = new Batch(end.batch(), end.position(), Micros.of(end.point().bookedAt()));
        if (end.point().size() == 0 || !asked(last) && !extend(handle, last, end.point().size())) {
            return new Found(List.of(), high);
        }
        return find(account, last, low, high, limit);
    }

    private synchronized boolean asked(Batch last) {
        unasked = 0;
        return covers(last);
    }

    private synchronized boolean covers(Batch last) {
        return Long.valueOf(last.id).equals(batches.get(last.position));
    }

    /** Reads what was booked since, or the newest part of it. */
    private boolean extend(Handle handle, Batch last, long size) {
        Batch newest;
        long missing;
        synchronized (this) {
            if (!batches.isEmpty() && last.position < batches.firstKey()) {
                return false;
            }
            newest = batches.isEmpty() ? null : new Batch(batches.lastEntry().getValue(), batches.lastKey(), highBookedAt);
            missing = size - high;
        }
        boolean goesOn = newest != null && missing > 0 && missing <= mostAtOnce;
        List<Batch> since = since(handle, goesOn ? newest.position : Math.max(0, size - mostAtOnce), last);
        if (goesOn && !newest.equals(since.getFirst())) {
            goesOn = false;
            since = since(handle, Math.max(0, size - mostAtOnce), last);
        }
        List<JournalLine> lines = read(handle, since.subList(1, since.size()));
        return goesOn ? append(since, lines, size) : beginAnew(since, lines, size);
    }

    /** From the batch at or before a position on, or from the first that there is. */
    private static List<Batch> since(Handle handle, long position, Batch last) {
        return handle.createQuery("""
                        select batch, position, booked_at from ledger_batch
                         where position >= coalesce((select max(position) from ledger_batch where position <= :from), 0) and position <= :to order by position""")
                .bind("from", position).bind("to", last.position).map((rs, context) -> new Batch(rs.getLong(1), rs.getLong(2), rs.getLong(3))).list();
    }

    private static List<JournalLine> read(Handle handle, List<Batch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        LongSummaryStatistics ids = batches.stream().mapToLong(Batch::id).summaryStatistics();
        return JournalSearch.ofBatches(handle, ids.getMin(), ids.getMax(), batches.getFirst().position, batches.getLast().position);
    }

    private synchronized boolean beginAnew(List<Batch> since, List<JournalLine> lines, long size) {
        if (covers(since.getLast())) {
            return true;
        }
        batches.clear();
        all.clear();
        byAccount.clear();
        early.clear();
        batches.put(since.getFirst().position, since.getFirst().id);
        low = since.size() == 1 ? size : since.get(1).position;
        high = size;
        highBookedAt = since.getFirst().bookedAt;
        return append(since, lines, size);
    }

    /** Others may have appended some of it in the meantime, or begun anew: false if what is here does not end within these batches. */
    private synchronized boolean append(List<Batch> since, List<JournalLine> lines, long size) {
        List<Batch> missing = since.stream().dropWhile(this::covers).toList();
        if (missing.isEmpty()) {
            return true;
        }
        if (missing.size() == since.size() || batches.lastKey() != since.get(since.size() - missing.size() - 1).position) {
            return false;
        }
        missing.forEach(batch -> batches.put(batch.position, batch.id));
        high = size;
        highBookedAt = missing.getLast().bookedAt;
        lines.stream().filter(line -> line.position() >= missing.getFirst().position).forEach(this::keep);
        drop();
        takeEarly();
        return true;
    }

    private synchronized Found find(long account, Batch last, long from, long to, int limit) {
        if (!covers(last) || to <= low) {
            return new Found(List.of(), to);
        }
        long reached = Math.max(from, low);
        List<Leg> legs = new ArrayList<>();
        Iterator<Leg> own = byAccount.getOrDefault(account, new ArrayDeque<>()).descendingIterator();
        while (own.hasNext() && legs.size() < limit) {
            Leg leg = own.next();
            if (leg.position() < reached) {
                break;
            }
            if (leg.position() < to) {
                legs.add(leg);
            }
        }
        return new Found(legs, reached);
    }
}
