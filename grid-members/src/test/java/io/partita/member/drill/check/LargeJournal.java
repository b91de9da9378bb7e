package io.partita.member.drill.check;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.HistoryWriter;
import io.partita.member.drill.history.Invocation.Via;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** A journal of any size that exists only while it is read, and the history that goes with it; a program, to be run with little memory. */
final class LargeJournal implements Journal {

    private static final int ACCOUNTS = 1_000;
    private static final int BATCH = 500;
    private static final int CALL = 20;

    private final int transfers;

    private Head head;

    private LargeJournal(int transfers) {
        this.transfers = transfers;
        forEach(batch -> { });
    }

    /** Arguments: number of transfers, file for the history. Exits with 0 if everything passed. */
    public static void main(String[] arguments) throws Exception {
        LargeJournal journal = new LargeJournal(Integer.parseInt(arguments[0]));
        Path file = Path.of(arguments[1]);
        journal.write(file);
        long began = System.nanoTime();
        Checker checker = new Checker(journal, Histories.open(List.of(file)));
        checker.checkJournal(1);
        checker.checkHistories(Set.of());
        List<Finding> findings = checker.findings();
        System.out.printf("%,d transfers, %,d MB of history: %.1f s, %,d MB of heap used%n", journal.transfers, Files.size(file) >> 20,
                (System.nanoTime() - began) / 1e9, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20);
        findings.stream().filter(finding -> !finding.passed()).forEach(System.out::println);
        System.exit(findings.stream().allMatch(Finding::passed) ? 0 : 1);
    }

    private static int shard(long account) {
        return (int) (account % JournalCheck.SHARDS);
    }

    private void write(Path file) {
        try (HistoryWriter writer = HistoryWriter.create(file, "client-1", 1)) {
            List<Movement> asked = new ArrayList<>();
            List<Answer> answers = new ArrayList<>();
            forEach(batch -> {
                for (Row row : batch.rows().values()) {
                    if (row instanceof TransferRow transfer) {
                        asked.add(new Movement(transfer.id(), 0, transfer.debit(), transfer.credit(), transfer.amount(), null));
                        answers.add(Answer.booked(batch.position() + row.index(), first(batch, transfer.debitShard()) + transfer.debitOrdinal(),
                                first(batch, transfer.creditShard()) + transfer.creditOrdinal(), false));
                        if (asked.size() == CALL) {
                            writer.complete(writer.invoke(1, Via.GRID, "grid", Operation.BATCH, asked, 1), answers);
                            asked.clear();
                            answers.clear();
                        }
                    }
                }
            });
        }
    }

    private static long first(Batch batch, int shard) {
        for (int i = 0; i < batch.shards().length; i++) {
            if (batch.shards()[i] == shard) {
                return batch.firsts()[i];
            }
        }
        throw new IllegalArgumentException("shard " + shard);
    }

    @Override
    public void forEach(Consumer<Batch> consumer) {
        long[] sequences = new long[JournalCheck.SHARDS];
        MerkleLog log = new MerkleLog();
        long position = 0;
        for (int first = -ACCOUNTS; first < transfers; first += BATCH) {
            Batch batch = batch(first, position, sequences);
            batch.rows().values().forEach(row -> log.append(LeafEncoder.leaf(batch, row)));
            log.append(LeafEncoder.seal(batch));
            consumer.accept(new Batch(batch.id(), batch.position(), batch.entries(), batch.bookedAt(), 1, "member", batch.shards(), batch.firsts(),
                    batch.counts(), log.root(), batch.rows(), List.of()));
            position += batch.entries() + 1;
        }
        head = new Head(position, sequences, log.root());
    }

    private static Batch batch(int first, long position, long[] sequences) {
        int[] counts = new int[JournalCheck.SHARDS];
        TreeMap<Integer, Row> rows = new TreeMap<>();
        for (int index = 0; index < BATCH; index++) {
            long number = first + index;
            long account = 1 + Math.floorMod(number * 7, ACCOUNTS);
            long other = 1 + account % ACCOUNTS;
            rows.put(index, number < 0
                    ? new AccountRow(new UUID(9, number), index, counts[shard(account)]++, shard(account), account, 1, 0, 0, "EUR", 0L, Long.MAX_VALUE,
                            Long.MAX_VALUE, "Account", "", new TreeMap<>())
                    : new TransferRow(new UUID(number * 31, number), index, 0, account, other, 1 + number % 100, 0, "EUR", null, index, 0, "", null, null,
                            counts[shard(account)]++, counts[shard(other)]++, shard(account), shard(other)));
        }
        int[] shards = java.util.stream.IntStream.range(0, counts.length).filter(shard -> counts[shard] > 0).toArray();
        long[] firsts = new long[shards.length];
        int[] sizes = new int[shards.length];
        for (int i = 0; i < shards.length; i++) {
            firsts[i] = sequences[shards[i]] + 1;
            sizes[i] = counts[shards[i]];
            sequences[shards[i]] += sizes[i];
        }
        return new Batch(first + ACCOUNTS, position, BATCH, position, 1, "member", shards, firsts, sizes, null, rows, List.of());
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public List<Placed> strays() {
        return List.of();
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return List.of();
    }

    @Override
    public List<Placed> find(Collection<UUID> ids) {
        return List.of();
    }

    @Override
    public List<Placed> last(long account, long position, int most) {
        return List.of();
    }
}
