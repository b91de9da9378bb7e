package io.partita.member.drill.check;

import io.partita.member.drill.check.Journal.Batch;
import io.partita.member.drill.check.Journal.Row;
import io.partita.member.drill.check.Journal.TransferRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the journal from its beginning to its end, once: positions and sequences are dense, roots are those of the rows, groups are whole;
 * everything is added up on the way. Memory holds the accounts, the open pending transfers, and a hundred bytes for each transfer.
 */
final class JournalCheck {

    static final int SHARDS = 256;

    private final Rules rules;
    private final Fold fold;
    private final TransferTable transfers;
    private final Set<Long> samples;
    private final MerkleLog log = new MerkleLog();
    private final Map<Long, byte[]> leaves = new HashMap<>();
    private final Roots roots = new Roots();
    private final long[] sequences = new long[SHARDS];
    private long position;
    private long bookedAt = Long.MIN_VALUE;
    private boolean rootsAgree = true;

    /** @param samples positions of which the leaf is kept */
    JournalCheck(Rules rules, Fold fold, TransferTable transfers, Set<Long> samples) {
        this.rules = rules;
        this.fold = fold;
        this.transfers = transfers;
        this.samples = samples;
    }

    /** Hashes of sampled leaves, by position. */
    Map<Long, byte[]> leaves() {
        return leaves;
    }

    /** Roots at the ends of all batches. */
    Roots roots() {
        return roots;
    }

    long[] sequences() {
        return sequences;
    }

    void check(Journal journal) {
        journal.forEach(this::batch);
        journal.strays().forEach(stray -> rules.proofs.violated(Rule.Suspicion.of("row %s belongs to batch %d, which the journal does not have"
                .formatted(stray.row().id(), stray.batch()), stray.row().id()).with("journal", stray)));
        Journal.Head head = journal.head();
        require(head.size() == position, "the head says %d entries, the journal has %d", head.size(), position);
        require(Arrays.equals(head.sequences(), sequences), "the head's sequences are not those of the batches");
        require(position == 0 || Arrays.equals(head.root(), log.root()), "the head's root is not the journal's");
        fold.end();
    }

    private void require(boolean holds, String what, Object... values) {
        if (!holds) {
            rules.proofs.violated(what.formatted(values));
        }
    }

    private void batch(Batch batch) {
        require(batch.position() == position, "batch %d lies at %d instead of %d", batch.id(), batch.position(), position);
        require(batch.bookedAt() >= bookedAt, "batch %d was booked before the batch in front of it", batch.id());
        require(batch.rows().size() == batch.entries() && (batch.rows().isEmpty() || batch.rows().lastKey() == batch.entries() - 1),
                "batch %d has %d rows instead of %d", batch.id(), batch.rows().size(), batch.entries());
        for (Row row : batch.surplus()) {
            rules.proofs.violated("batch %d has two rows with index %d".formatted(batch.id(), row.index()), row.id());
        }
        sequences(batch);
        for (Row row : batch.rows().values()) {
            row(batch, row);
        }
        log.append(LeafEncoder.seal(batch));
        root(batch);
        position = batch.position() + batch.entries() + 1;
        bookedAt = batch.bookedAt();
        rules.proofs.count("batches", 1);
    }

    private void row(Batch batch, Row row) {
        long at = batch.position() + row.index();
        switch (row) {
            case Journal.AccountRow change -> {
                fold.apply(change, at, first(batch, change.shard()) + change.ordinal());
                rules.proofs.count("account entries", 1);
            }
            case TransferRow transfer -> transfer(batch, transfer, at);
        }
        byte[] leaf = LeafEncoder.leaf(batch, row);
        log.append(leaf);
        if (samples.contains(at)) {
            leaves.put(at, leaf);
        }
    }

    private void transfer(Batch batch, TransferRow row, long at) {
        long debitSequence = first(batch, row.debitShard()) + row.debitOrdinal();
        long creditSequence = first(batch, row.creditShard()) + row.creditOrdinal();
        if (row.linkedTo() != row.index()) {
            boolean linked = row.linkedTo() < row.index() && batch.rows().get(row.linkedTo()) instanceof TransferRow leader
                    && leader.linkedTo() == row.linkedTo();
            if (!linked) {
                rules.doubleEntry.violated("transfer %s is linked to nothing".formatted(row.id()), row.id());
            }
        }
        fold.apply(batch, row, at, debitSequence, creditSequence);
        if (!transfers.add(row, at, batch.position() + row.linkedTo(), debitSequence, creditSequence)) {
            rules.exactlyOnce.violated(Rule.Suspicion.of("transfer %s is in the journal twice".formatted(row.id()), row.id())
                    .with("journal", new Journal.Placed(batch.id(), at, row)));
        }
        rules.proofs.count("transfers", 1);
    }

    /** After the first root that is wrong, all are. */
    private void root(Batch batch) {
        byte[] root = log.root();
        if (rootsAgree && !Arrays.equals(batch.root(), root)) {
            rootsAgree = false;
            rules.proofs.violated("the root of batch %d is not that of its rows and those before them".formatted(batch.id()));
        }
        roots.add(batch.position() + batch.entries() + 1, root);
    }

    private void sequences(Batch batch) {
        int[] counts = new int[SHARDS];
        for (Row row : batch.rows().values()) {
            switch (row) {
                case TransferRow transfer -> {
                    ordinal(row, transfer.debitOrdinal(), counts, transfer.debitShard());
                    ordinal(row, transfer.creditOrdinal(), counts, transfer.creditShard());
                }
                case Journal.AccountRow account -> ordinal(row, account.ordinal(), counts, account.shard());
            }
        }
        for (int i = 0; i < batch.shards().length; i++) {
            int shard = batch.shards()[i];
            require(batch.firsts()[i] == sequences[shard] + 1, "shard %d goes from sequence %d to %d in batch %d", shard, sequences[shard],
                    batch.firsts()[i], batch.id());
            require(batch.counts()[i] == counts[shard], "shard %d got %d sequences for %d legs in batch %d", shard, batch.counts()[i],
                    counts[shard], batch.id());
            sequences[shard] = batch.firsts()[i] + batch.counts()[i] - 1;
            counts[shard] = 0;
        }
        require(Arrays.stream(counts).allMatch(count -> count == 0), "batch %d has legs in shards that got no sequence", batch.id());
    }

    private void ordinal(Row row, int ordinal, int[] counts, int shard) {
        if (ordinal != counts[shard]++) {
            rules.proofs.violated("row %s has ordinal %d in shard %d".formatted(row.id(), ordinal, shard), row.id());
        }
    }

    /** The first sequence that a batch got in a shard; so small that it fits nothing if it got none. */
    private static long first(Batch batch, int shard) {
        for (int i = 0; i < batch.shards().length; i++) {
            if (batch.shards()[i] == shard) {
                return batch.firsts()[i];
            }
        }
        return Integer.MIN_VALUE;
    }
}
