package io.partita.member.ledger.proof;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.MerkleHash;
import io.partita.ledger.journal.MerkleNodes;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.RecentBlocks;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * The Merkle log's nodes: leaves are hashed from the journal's rows, upper levels come from the tiles. A block is the 256
 * siblings below one tile; it is read whole and kept, so that a proof needs a handful of blocks. A tile that is not written
 * yet is made from what is below it, without storing it. Serves one proof; not thread-safe.
 */
final class TileNodes implements MerkleNodes {

    /** Levels between two stored levels; a block has 2^8 nodes. */
    static final int STEP = 8;
    static final int BLOCK = RecentBlocks.SIZE;

    private final Jdbi database;
    private final JournalReader journal;
    private final long size;
    private final Map<Key, byte[][]> blocks = new HashMap<>();

    /**
     * Nodes of the log.
     *
     * @param size no leaf from this position on is asked for
     */
    TileNodes(Jdbi database, JournalReader journal, long size) {
        this.database = database;
        this.journal = journal;
        this.size = size;
    }

    /** The block of nodes of a stored level. */
    private record Key(int level, long block) {
    }

    @Override
    public byte[] root(int level, long index) {
        int base = level / STEP * STEP;
        int height = level - base;
        long first = index << height;
        byte[][] block = block(base, first >>> STEP);
        Frontier subtree = Frontier.empty();
        for (long node = first; node < first + (1L << height); node++) {
            byte[] hash = block[(int) (node & (BLOCK - 1))];
            subtree.append(hash == null ? made(base, node) : hash);
        }
        return subtree.root();
    }

    /** A node that no tile holds yet, from the whole block below it. */
    private byte[] made(int level, long index) {
        if (level == 0) {
            throw new JournalDamagedException("The entry at position " + index + " is missing from the journal");
        }
        byte[] hash = root(level - STEP, index << STEP, BLOCK);
        block(level, index >>> STEP)[(int) (index & (BLOCK - 1))] = hash;
        return hash;
    }

    private byte[] root(int level, long first, int count) {
        Frontier subtree = Frontier.empty();
        byte[][] block = block(level, first >>> STEP);
        for (long node = first; node < first + count; node++) {
            byte[] hash = block[(int) (node & (BLOCK - 1))];
            subtree.append(hash == null ? made(level, node) : hash);
        }
        // It was needed for this once; the log may be long.
        blocks.remove(new Key(level, first >>> STEP));
        return subtree.root();
    }

    private byte[][] block(int level, long block) {
        return blocks.computeIfAbsent(new Key(level, block), key -> {
            byte[][] hashes = stored(level, block);
            if (level == 0) {
                leaves(block, hashes);
            }
            return hashes;
        });
    }

    private byte[][] stored(int level, long block) {
        byte[][] hashes = new byte[BLOCK][];
        database.useHandle(handle -> handle.createQuery("""
                        select index, hash from ledger_tile where level = :level and index >= :first and index < :first + 256""")
                .bind("level", level).bind("first", block << STEP)
                .map((row, _) -> hashes[(int) (row.getLong(1) & (BLOCK - 1))] = row.getBytes(2)).list());
        return hashes;
    }

    /** Leaves from the rows, except those whose rows were purged and whose hashes were stored instead. */
    private void leaves(long block, byte[][] hashes) {
        long first = block << STEP;
        long last = Math.min(first + BLOCK, size);
        while (first < last && hashes[(int) (first & (BLOCK - 1))] != null) {
            first++;
        }
        if (first < last) {
            hash(journal, first, last, (position, hash) -> {
                int place = (int) (position & (BLOCK - 1));
                hashes[place] = hashes[place] == null ? hash : hashes[place];
            });
        }
    }

    /** Takes leaf hashes in order. */
    interface LeafAction {
        void leaf(long position, byte[] hash);
    }

    /** Hashes the entries of a range. */
    static void hash(JournalReader journal, long from, long to, LeafAction action) {
        ByteBuffer buffer = ByteBuffer.allocate(JournalEntry.MAX_ENCODED);
        journal.read(from, to, (position, entry, _) -> {
            entry.encode(buffer.clear());
            action.leaf(position, MerkleHash.ofThread().leaf(buffer.array(), 0, buffer.position()));
        });
    }
}
