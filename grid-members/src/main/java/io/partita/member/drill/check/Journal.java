package io.partita.member.drill.check;

import io.partita.member.drill.history.Movement;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** The whole journal, to be read batch by batch any number of times. */
interface Journal {

    /** The end of the journal, as the database has it. */
    record Head(long size, long[] sequences, byte[] root) {
    }

    /**
     * A commit.
     *
     * @param rows     its rows by index
     * @param surplus  rows that lie on an index that another one has already
     */
    record Batch(long id, long position, int entries, long bookedAt, long term, String coordinator, int[] shards, long[] firsts, int[] counts,
                 byte[] root, SortedMap<Integer, Row> rows, List<Row> surplus) {
    }

    /** A row of either table. */
    sealed interface Row {
        UUID id();

        int index();
    }

    record TransferRow(UUID id, int index, int kind, long debit, long credit, long amount, long released, String currency, UUID relatesTo,
                       int linkedTo, int code, String reference, Integer valueDate, Long expiresAt, int debitOrdinal, int creditOrdinal,
                       int debitShard, int creditShard) implements Row {
        @Override
        public String toString() {
            return "%s %s debit %d credit %d amount %d released %d %s%s".formatted(Movement.name(kind), id, debit, credit, amount, released, currency,
                    relatesTo == null ? "" : " of " + relatesTo);
        }
    }

    record AccountRow(UUID id, int index, int ordinal, int shard, long account, int event, Integer type, Integer status, String currency,
                      Long parent, Long maxNetDebit, Long maxNetCredit, String name, String reference, TreeMap<String, String> metadata)
            implements Row {
        @Override
        public String toString() {
            return "account %d event %d status %s limits %s/%s".formatted(account, event, status, maxNetDebit, maxNetCredit);
        }
    }

    /** A row with its place, as evidence. */
    record Placed(long batch, long position, Row row) {
        @Override
        public String toString() {
            return "position %d, batch %d, index %d: %s".formatted(position, batch, row.index(), row);
        }
    }

    /**
     * The stored state of a shard.
     *
     * @param state as the database has it
     */
    record Checkpoint(int shard, long sequence, byte[] state) {
    }

    Head head();

    /** Hands over the batches in the order of their positions. */
    void forEach(Consumer<Batch> consumer);

    /** Rows that belong to no batch. */
    List<Placed> strays();

    List<Checkpoint> checkpoints();

    /** The rows with these ids. */
    List<Placed> find(Collection<UUID> ids);

    /** The last rows that touch an account, up to a position. */
    List<Placed> last(long account, long position, int most);
}
