package io.partita.member.ledger.proof;

import io.partita.member.ledger.JournalReader;
import java.util.Collection;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps the hashes of leaves whose rows are about to be purged, where a later proof needs them: in the block in which the
 * purge ends, and in blocks with a row that stays.
 */
public final class PurgedLeaves {

    private PurgedLeaves() {
    }

    /**
     * Stores the hashes in the caller's transaction.
     *
     * @param kept positions before the end whose rows stay
     * @param from the first position whose row is there
     * @param to   the first position that is not purged
     */
    public static void store(Handle handle, JournalReader journal, Collection<Long> kept, long from, long to) {
        TreeSet<Long> blocks = new TreeSet<>();
        kept.stream().filter(position -> position >= from).forEach(position -> blocks.add(position >>> TileNodes.STEP));
        if ((to & (TileNodes.BLOCK - 1)) != 0) {
            blocks.add(to >>> TileNodes.STEP);
        }
        if (blocks.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch("insert into ledger_tile (level, index, hash) values (0, ?, ?) on conflict do nothing")) {
            for (long block : blocks) {
                long first = Math.max(from, block << TileNodes.STEP);
                long last = Math.min(to, (block + 1) << TileNodes.STEP);
                TileNodes.hash(journal, first, last, rows::add);
            }
            rows.execute();
        }
    }
}
