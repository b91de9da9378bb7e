package io.partita.member.ledger.proof;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.MerkleHash;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.RecentLeaves;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes tiles after the commits that they cover, never on their path: takes the leaves that were booked since the last tile, from the
 * journal where this member does not have them any more, and stores the roots of whole blocks of 256, of 65,536 and so on. Whichever member comes first does it, under a lock
 * of the database. Proofs do not depend on it; they only get slower while it lags. Thread-safe.
 */
public final class TileWriter {

    /** Blocks of one transaction: a million entries at most, so that a long backlog makes progress that lasts. */
    private static final int AT_ONCE = 4_096;
    private static final long LOCK = 0x7061_7274_7469_6c65L;

    private final Jdbi database;
    private final JournalReader journal;
    private final RecentLeaves leaves;

    public TileWriter(DataSource database, JournalReader journal, RecentLeaves leaves) {
        this.database = Jdbi.create(database);
        this.journal = journal;
        this.leaves = leaves;
    }

    /** Writes all tiles that are complete by now, unless another member is at it; returns how many. */
    public int catchUp() {
        int all = 0;
        for (int written; (written = step()) > 0; ) {
            all += written;
        }
        return all;
    }

    private int step() {
        return database.inTransaction(handle -> {
            boolean mine = handle.createQuery("select pg_try_advisory_xact_lock(:lock)").bind("lock", LOCK).mapTo(boolean.class).one();
            return mine ? write(handle) : 0;
        });
    }

    private int write(Handle handle) {
        int written = blocks(handle);
        for (int level = 2 * TileNodes.STEP; level < Long.SIZE - TileNodes.STEP; level += TileNodes.STEP) {
            written += above(handle, level);
        }
        return written;
    }

    /** Stores the roots of complete blocks of leaves. */
    private int blocks(Handle handle) {
        long next = next(handle, TileNodes.STEP);
        long complete = journal.head().size() >>> TileNodes.STEP;
        long end = Math.min(complete, next + AT_ONCE);
        if (next >= end) {
            return 0;
        }
        try (PreparedBatch rows = handle.prepareBatch("insert into ledger_tile (level, index, hash) values (?, ?, ?)")) {
            byte[] recent = new byte[TileNodes.BLOCK * MerkleHash.SIZE];
            long unread = next;
            for (long block = next; block < end; block++) {
                if (leaves.copy(block << TileNodes.STEP, recent)) {
                    read(unread, block, rows);
                    rows.add(TileNodes.STEP, block, root(recent));
                    unread = block + 1;
                }
            }
            read(unread, end, rows);
            rows.execute();
        }
        return (int) (end - next);
    }

    private static byte[] root(byte[] leaves) {
        Frontier block = Frontier.empty();
        for (int leaf = 0; leaf < leaves.length; leaf += MerkleHash.SIZE) {
            block.append(leaves, leaf);
        }
        return block.root();
    }

    /** Blocks of which leaves have to be made of the journal's rows. */
    private void read(long from, long to, PreparedBatch rows) {
        if (from == to) {
            return;
        }
        Frontier[] block = {Frontier.empty()};
        TileNodes.hash(journal, from << TileNodes.STEP, to << TileNodes.STEP, (position, hash) -> {
            block[0].append(hash);
            if (block[0].size() == TileNodes.BLOCK) {
                rows.add(TileNodes.STEP, position >>> TileNodes.STEP, block[0].root());
                block[0] = Frontier.empty();
            }
        });
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
