package io.partita.member.drill.check;

import io.partita.member.drill.check.Journal.AccountRow;
import io.partita.member.drill.check.Journal.Batch;
import io.partita.member.drill.check.Journal.Row;
import io.partita.member.drill.check.Journal.TransferRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Builds journals in memory: right in every respect, unless it is told otherwise. */
final class JournalBuilder {

    private final List<Batch> batches = new ArrayList<>();
    private final MerkleLog log = new MerkleLog();
    private final long[] sequences = new long[256];
    private long position;
    private long bookedAt = 1_000_000;
    private boolean wrongRoot;
    private final List<Journal.Checkpoint> checkpoints = new ArrayList<>();

    /** A row to be; {@code linkedTo} -1 for one that stands alone. */
    sealed interface Wanted {
    }

    record Opening(long account, String currency, long maxNetDebit) implements Wanted {
    }

    record Booking(UUID id, int kind, long debit, long credit, long amount, long released, UUID relatesTo, int linkedTo) implements Wanted {
    }

    static Opening open(long account, long maxNetDebit) {
        return new Opening(account, "EUR", maxNetDebit);
    }

    static Booking posted(UUID id, long debit, long credit, long amount) {
        return linked(id, debit, credit, amount, -1);
    }

    static Booking linked(UUID id, long debit, long credit, long amount, int linkedTo) {
        return new Booking(id, 0, debit, credit, amount, 0, null, linkedTo);
    }

    static Booking pending(UUID id, long debit, long credit, long amount) {
        return new Booking(id, 1, debit, credit, amount, 0, null, -1);
    }

    static Booking post(UUID id, Booking pending, long amount) {
        return new Booking(id, 2, pending.debit(), pending.credit(), amount, pending.amount(), pending.id(), -1);
    }

    static Booking reversal(UUID id, Booking original) {
        return new Booking(id, 5, original.credit(), original.debit(), original.amount(), 0, original.id(), -1);
    }

    static int shard(long account) {
        return (int) (account % 256);
    }

    /** The next batch takes positions from here on. */
    JournalBuilder at(long wrongPosition) {
        position = wrongPosition;
        return this;
    }

    /** A sequence of the account's shard is left out. */
    JournalBuilder skipSequence(long account) {
        sequences[shard(account)]++;
        return this;
    }

    /** The next batch is said to have been booked then. */
    JournalBuilder bookedAt(long micros) {
        bookedAt = micros;
        return this;
    }

    /** The next batch gets a root that is not its own. */
    JournalBuilder wrongRoot() {
        wrongRoot = true;
        return this;
    }

    JournalBuilder batch(Wanted... wanted) {
        TreeMap<Integer, Row> rows = new TreeMap<>();
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (int index = 0; index < wanted.length; index++) {
            rows.put(index, row(wanted[index], index, counts));
        }
        int[] shards = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        long[] firsts = new long[shards.length];
        int[] sizes = new int[shards.length];
        for (int i = 0; i < shards.length; i++) {
            firsts[i] = sequences[shards[i]] + 1;
            sizes[i] = counts.get(shards[i]);
            sequences[shards[i]] += sizes[i];
        }
        Batch unsealed = new Batch(batches.size() + 1, position, wanted.length, bookedAt, 1, "member", shards, firsts, sizes, null, rows, new ArrayList<>());
        rows.values().forEach(row -> log.append(LeafEncoder.leaf(unsealed, row)));
        log.append(LeafEncoder.seal(unsealed));
        byte[] root = log.root();
        if (wrongRoot) {
            root = root.clone();
            root[5] ^= 1;
            wrongRoot = false;
        }
        batches.add(new Batch(unsealed.id(), position, wanted.length, bookedAt, 1, "member", shards, firsts, sizes, root, rows, new ArrayList<>()));
        position += wanted.length + 1;
        bookedAt++;
        return this;
    }

    private static Row row(Wanted wanted, int index, TreeMap<Integer, Integer> counts) {
        return switch (wanted) {
            case Opening opening -> new AccountRow(new UUID(9, opening.account()), index, next(counts, opening.account()), shard(opening.account()),
                    opening.account(), 1, 0, 0, opening.currency(), 0L, opening.maxNetDebit(), Long.MAX_VALUE, "Account", "", new TreeMap<>());
            case Booking booking -> new TransferRow(booking.id(), index, booking.kind(), booking.debit(), booking.credit(), booking.amount(),
                    booking.released(), "EUR", booking.relatesTo(), booking.linkedTo() < 0 ? index : booking.linkedTo(), 0, "", null, null,
                    next(counts, booking.debit()), next(counts, booking.credit()), shard(booking.debit()), shard(booking.credit()));
        };
    }

    private static int next(TreeMap<Integer, Integer> counts, long account) {
        return counts.merge(shard(account), 1, Integer::sum) - 1;
    }

    /** Replaces a row and leaves everything else as it was. */
    JournalBuilder tamper(int batch, int index, java.util.function.UnaryOperator<TransferRow> change) {
        batches.get(batch).rows().compute(index, (at, row) -> change.apply((TransferRow) row));
        return this;
    }

    /** Takes a row away and leaves everything else as it was. */
    JournalBuilder lose(int batch, int index) {
        batches.get(batch).rows().remove(index);
        return this;
    }

    /** A state of a shard is stored as it would be now, with these accounts: id, debits and credits posted and pending. */
    JournalBuilder checkpoint(int shard, long[]... accounts) {
        ByteBuffer state = ByteBuffer.allocate(1 + 2 + 8 + 8 + 4 + accounts.length * 68 + 4);
        state.put((byte) 1).putShort((short) shard).putLong(sequences[shard]).putLong(position).putInt(accounts.length);
        for (long[] account : accounts) {
            state.putLong(account[0]).putLong(0).put((byte) 0).put((byte) 0).putShort((short) 0).putLong(0).putLong(0);
            state.putLong(account[1]).putLong(account[2]).putLong(account[3]).putLong(account[4]);
        }
        checkpoints.add(new Journal.Checkpoint(shard, sequences[shard], state.array()));
        return this;
    }

    Journal build() {
        return new Memory(List.copyOf(batches), new Journal.Head(position, sequences.clone(), log.root()), List.copyOf(checkpoints));
    }

    /** A journal that was never in a database. */
    private record Memory(List<Batch> batches, Head head, List<Checkpoint> checkpoints) implements Journal {

        @Override
        public void forEach(Consumer<Batch> consumer) {
            batches.forEach(consumer);
        }

        @Override
        public List<Placed> strays() {
            return List.of();
        }

        private Stream<Placed> rows() {
            return batches.stream().flatMap(batch -> batch.rows().values().stream().map(row -> new Placed(batch.id(), batch.position() + row.index(), row)));
        }

        @Override
        public List<Placed> find(Collection<UUID> ids) {
            return rows().filter(placed -> ids.contains(placed.row().id())).toList();
        }

        @Override
        public List<Placed> last(long account, long position, int most) {
            List<Placed> found = rows().filter(placed -> placed.position() <= position && placed.row() instanceof TransferRow transfer
                    && (transfer.debit() == account || transfer.credit() == account)).toList();
            return found.subList(Math.max(0, found.size() - most), found.size());
        }
    }
}
