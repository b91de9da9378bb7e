package io.partita.member.drill.load;

import io.partita.ledger.TransferIds;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** What one caller asks for next. The same seed makes the same choices; ids differ from run to run. Not thread-safe. */
final class Workload {

    private static final int MOST_PENDINGS = 200;

    private final SplittableRandom random;
    private final int largestBatch;
    private final List<Movement> pendings = new ArrayList<>();

    /** A question about an account. */
    record Question(long account, boolean strong) {
    }

    Workload(long seed, int largestBatch) {
        this.random = new SplittableRandom(seed);
        this.largestBatch = largestBatch;
    }

    /** True if the next thing to ask is a balance. */
    boolean reads() {
        return random.nextInt(10) == 0;
    }

    Question question(boolean strongToo) {
        return strongToo && random.nextInt(3) == 0 ? new Question(DrillAccounts.solo(random), true)
                : new Question(DrillAccounts.customer(random), false);
    }

    Request request() {
        return switch (random.nextInt(20)) {
            case 0, 1 -> request(Operation.LINKED, linked(2 + random.nextInt(4)));
            case 2, 3 -> request(Operation.BATCH, moves(1 + random.nextInt(largestBatch)));
            case 4, 5 -> pending();
            case 6, 7 -> pendings.isEmpty() ? pending() : resolution();
            case 8 -> request(Operation.TRANSFER, List.of(solo()));
            default -> request(Operation.TRANSFER, moves(1));
        };
    }

    private static Request request(Operation operation, List<Movement> movements) {
        return new Request(operation, movements, 1);
    }

    private List<Movement> moves(int count) {
        return IntStream.range(0, count).mapToObj(i -> move(DrillAccounts.customer(random))).toList();
    }

    /** Every other group changes money: legs in both currencies. */
    private List<Movement> linked(int count) {
        boolean exchange = random.nextBoolean();
        return IntStream.range(0, count).mapToObj(i -> move(exchange && i % 2 == 1 ? DrillAccounts.dollar(random) : DrillAccounts.customer(random))).toList();
    }

    private Movement move(long debit) {
        return new Movement(TransferIds.next(), Movement.POSTED, debit, DrillAccounts.other(debit, random), 1 + random.nextInt(3_000), null);
    }

    private Movement solo() {
        long account = DrillAccounts.solo(random);
        boolean in = random.nextBoolean();
        return new Movement(TransferIds.next(), Movement.POSTED, in ? DrillAccounts.CASH : account, in ? account : DrillAccounts.CASH,
                1 + random.nextInt(100), null);
    }

    private Request pending() {
        long debit = DrillAccounts.customer(random);
        return request(Operation.PENDING, List.of(new Movement(TransferIds.next(), Movement.PENDING, debit, DrillAccounts.other(debit, random),
                1 + random.nextInt(1_000), null)));
    }

    private Request resolution() {
        UUID pending = pendings.remove(random.nextInt(pendings.size())).id();
        boolean release = random.nextBoolean();
        return release ? request(Operation.VOID, List.of(new Movement(TransferIds.next(), Movement.VOID, 0, 0, -1, pending)))
                : request(Operation.POST, List.of(new Movement(TransferIds.next(), Movement.POST, 0, 0, random.nextBoolean() ? -1 : 1, pending)));
    }

    /** A pending transfer was booked: it may be ended later on. */
    void booked(Movement pending) {
        if (pendings.size() < MOST_PENDINGS) {
            pendings.add(pending);
        }
    }
}
