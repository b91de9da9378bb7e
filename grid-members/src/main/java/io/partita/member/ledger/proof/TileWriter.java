package io.partita.member.ledger.proof;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.MerkleHash;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.RecentBlocks;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes tiles after the commits that they cover, never on their path: stores the roots of whole blocks of 256 leaves, of 65,536
 * and so on; those of 256 are made from the journal where this member has not booked them itself a moment ago. Whichever member comes
 * first does it, under a lock of the database. Proofs do not depend on it; they only get slower while it lags. Thread-safe.
 */
public final class TileWriter {

    /**
     * Blocks of one transaction: few enough that a long backlog makes progress that lasts, and that the database is not kept from
     * cleaning up the head of the journal, which would slow down every commit.
     */
    private static final int AT_ONCE = 256;
    private static final long LOCK = 0x7061_7274_7469_6c65L;

    private final Jdbi database;
    private final JournalReader journal;
    private final RecentBlocks recent;

    public TileWriter(DataSource database, JournalReader journal, RecentBlocks recent) {
        this.database = Jdbi.create(database);
        this.journal = journal;
        this.recent = recent;
    }

    /** Writes all tiles that are complete by now, unless another member is at it; returns how many. */
    public int catchUp() {
        return catchUp(() -> { });
    }

    /** Likewise; rests after each step in which leaves had to be read from the journal. */
    int catchUp(Runnable rest) {
        int all = 0;
        for (Step step; (step = step()).written() > 0; ) {
            all += step.written();
            if (step.read()) {
                rest.run();
            }
        }
        return all;
    }

    private record Step(int written, boolean read) {

        static final Step NOTHING = new Step(0, false);
    }

    private Step step() {
        return database.inTransaction(handle -> {
            boolean mine = handle.createQuery("select pg_try_advisory_xact_lock(:lock)").bind("lock", LOCK).mapTo(boolean.class).one();
            return mine ? write(handle) : Step.NOTHING;
        });
    }

    private Step write(Handle handle) {
        Step blocks = blocks(handle);
        int written = blocks.written();
        for (int level = 2 * TileNodes.STEP; level < Long.SIZE - TileNodes.STEP; level += TileNodes.STEP) {
            written += above(handle, level);
        }
        return new Step(written, blocks.read());
    }

    /** Stores the roots of complete blocks of leaves. */
    private Step blocks(Handle handle) {
        long next = next(handle, TileNodes.STEP);
        long complete = journal.head().size() >>> TileNodes.STEP;
        long end = Math.min(complete, next + AT_ONCE);
        if (next >= end) {
            return Step.NOTHING;
        }
        boolean read = false;
        try (PreparedBatch rows = handle.prepareBatch("insert into ledger_tile (level, index, hash) values (?, ?, ?)")) {
            long unread = next;
            for (long block = next; block < end; block++) {
                byte[] root = recent.root(block);
                if (root != null) {
                    read |= read(unread, block, rows);
                    rows.add(TileNodes.STEP, block, root);
                    unread = block + 1;
                }
            }
            read |= read(unread, end, rows);
            rows.execute();
        }
        return new Step((int) (end - next), read);
    }

    /** Blocks of which leaves have to be made of the journal's rows; false if there are none. */
    private boolean read(long from, long to, PreparedBatch rows) {
        if (from == to) {
            return false;
        }
        Frontier[] block = {Frontier.empty()};
        TileNodes.hash(journal, from << TileNodes.STEP, to << TileNodes.STEP, (position, hash) -> {
            block[0].append(hash);
            if (block[0].size() == TileNodes.BLOCK) {
                rows.add(TileNodes.STEP, position >>> TileNodes.STEP, block[0].root());
                block[0] = Frontier.empty();
            }
        });
        return true;
    }

    /** Stores the roots of complete blocks of the level below. */
    private static int above(Handle handle, int level) {
        long next = next(handle, level);
        long end = next(handle, level - TileNodes.STEP) >>> TileNodes.STEP;
        for (long index = next; index < end; index++) {
            Frontier block = Frontier.empty();
            handle.createQuery("""
                            select hash from ledger_tile where level = :level and index >= :first and index < :first + 256 order by index""")
                    .bind("level", level - TileNodes.STEP).bind("first", index << TileNodes.STEP).mapTo(byte[].class)
                    .forEach(block::append);
            if (block.size() != TileNodes.BLOCK) {
                throw new IllegalStateException("Tiles below " + index + " of level " + level + " are missing");
            }
            handle.execute("insert into ledger_tile (level, index, hash) values (?, ?, ?)", level, index, block.root());
        }
        return (int) Math.max(0, end - next);
    }

    private static long next(Handle handle, int level) {
        return handle.createQuery("select coalesce(max(index) + 1, 0) from ledger_tile where level = :level")
                .bind("level", level).mapTo(long.class).one();
    }
}
