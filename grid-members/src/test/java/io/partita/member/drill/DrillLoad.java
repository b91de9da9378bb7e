package io.partita.member.drill;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.PartitaClients;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.drill.History.Operation;
import io.partita.member.drill.History.Outcome;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Callers that ask for everything that the ledger can do, between accounts of which some are hot and all but one are limited, and that
 * write down what they asked for and were told. What ended in an unknown outcome is asked for again with the same id.
 */
final class DrillLoad implements AutoCloseable {

    static final int ACCOUNTS = 200;
    private static final int HOT = 8;
    private static final long CASH = 1;
    private static final Currency EUR = Currency.of("EUR");

    private final History history = new History();
    private final HazelcastInstance hazelcast;
    private final HazelcastLedgerClient client;
    private final int largestBatch;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, LongAdder> codes = new ConcurrentSkipListMap<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong lastBooked = new AtomicLong();
    private final AtomicLong longestCall = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;

    private DrillLoad(HazelcastInstance hazelcast, Duration patience, int largestBatch) {
        this.hazelcast = hazelcast;
        this.client = HazelcastLedgerClient.of(hazelcast, patience);
        this.largestBatch = largestBatch;
    }

    /**
     * Connects, opens the accounts and gives each customer some money.
     *
     * @param patience     how long a client repeats by itself what may go through later
     * @param largestBatch most transfers of one batch call
     */
    static DrillLoad open(DrilledMember member, Duration patience, int largestBatch) {
        ClientConfig config = PartitaClients.config(member.cluster(), List.of(member.gridAddress()));
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "5");
        config.setProperty("hazelcast.logging.type", "none");
        DrillLoad load = new DrillLoad(HazelcastClient.newHazelcastClient(config), patience, largestBatch);
        load.openAccounts();
        return load;
    }

    private void openAccounts() {
        List<AccountCommand.Open> openings = LongStream.rangeClosed(1, ACCOUNTS).mapToObj(DrillLoad::account).map(AccountCommand::open).toList();
        for (LedgerResult result : client.accountsAsync(openings).join()) {
            Violation.unless(result.booked(), "an account was not opened: %s", result);
        }
        Caller bank = new Caller(0);
        bank.call(LongStream.rangeClosed(2, ACCOUNTS).mapToObj(id -> transfer(CASH, id, 20_000)).toList(), false);
    }

    /** Deposits that cannot be overdrawn, some of which cannot hold much either. */
    private static Account account(long id) {
        return id == CASH ? Account.of(id, "Cash", AccountType.ASSET, EUR)
                : Account.of(id, "Customer " + id, AccountType.LIABILITY, EUR)
                .withLimits(new Limits(id % 3 == 0 ? 500 : 0, id % 10 == 0 ? 25_000 : Long.MAX_VALUE));
    }

    private static Transfer transfer(long debit, long credit, long amount) {
        return Transfer.of(TransferIds.next(), debit, credit, Money.of(amount, EUR));
    }

    void start(int callers) {
        for (int i = 1; i <= callers; i++) {
            Caller caller = new Caller(i);
            threads.add(Thread.ofPlatform().daemon().name("caller-" + i).start(() -> {
                try {
                    caller.run();
                } catch (RuntimeException | Error stopped) {
                    failure.compareAndSet(null, stopped);
                }
            }));
        }
    }

    /** Lets every caller end, with its unknown outcomes asked for once more. */
    void stop() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        requireRunning();
    }

    void requireRunning() {
        if (failure.get() != null) {
            throw new IllegalStateException("A caller failed", failure.get());
        }
    }

    History history() {
        return history;
    }

    /** When a transfer was last acknowledged, as {@link System#nanoTime} has it. */
    long lastBooked() {
        return lastBooked.get();
    }

    /** Answers so far, by code. */
    Map<String, Long> codes() {
        Map<String, Long> counts = new TreeMap<>();
        codes.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /** The longest that any call took since this was last asked. */
    Duration longestCall() {
        return Duration.ofNanos(longestCall.getAndSet(0));
    }

    /** The sums that the projection shows, by account. */
    Map<Long, List<BigInteger>> projection() {
        Map<Long, Balance> balances = hazelcast.<Long, Balance>getMap(LedgerNames.BALANCES).getAll(
                LongStream.rangeClosed(1, ACCOUNTS).boxed().collect(Collectors.toSet()));
        return balances.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> sums(entry.getValue())));
    }

    /** The sums that the shards themselves answer with, by account. */
    Map<Long, List<BigInteger>> readings() {
        return LongStream.rangeClosed(1, ACCOUNTS).boxed().collect(Collectors.toMap(id -> id, id -> sums(client.balance(id).balance().orElseThrow())));
    }

    private static List<BigInteger> sums(Balance balance) {
        return LongStream.of(balance.debitsPosted(), balance.creditsPosted(), balance.debitsPending(), balance.creditsPending())
                .mapToObj(BigInteger::valueOf).toList();
    }

    @Override
    public void close() {
        running = false;
        client.close();
        hazelcast.shutdown();
    }

    /** What was asked for, to be asked for again until its outcome is known. */
    private record Request(List<Transfer> transfers, boolean linked) {
    }

    /** One caller, who waits for each answer before it goes on. */
    private final class Caller {

        private static final int REMEMBERED = 50;

        private final int number;
        private final java.util.SplittableRandom random;
        private final ArrayList<Request> unknown = new ArrayList<>();
        private final ArrayList<UUID> pendings = new ArrayList<>();

        Caller(int number) {
            this.number = number;
            this.random = new java.util.SplittableRandom(number);
        }

        void run() {
            while (running) {
                if (!unknown.isEmpty() && random.nextBoolean()) {
                    again(unknown.removeFirst());
                } else {
                    next();
                }
            }
            List.copyOf(unknown).forEach(this::again);
        }

        private void again(Request request) {
            call(request.transfers(), request.linked());
        }

        private void next() {
            switch (random.nextInt(20)) {
                case 0, 1 -> call(random(2 + random.nextInt(4)), true);
                case 2, 3 -> call(random(1 + random.nextInt(largestBatch)), false);
                case 4, 5 -> call(List.of(pending()), false);
                case 6, 7 -> resolve();
                case 8, 9 -> read();
                default -> call(random(1), false);
            }
        }

        private List<Transfer> random(int count) {
            return IntStream.range(0, count).mapToObj(i -> {
                long debit = account();
                return transfer(debit, other(debit), 1 + random.nextInt(3_000));
            }).toList();
        }

        /** Every other one is hot. */
        private long account() {
            return 2 + random.nextInt(random.nextBoolean() ? HOT : ACCOUNTS - 1);
        }

        private long other(long account) {
            long other = account();
            return other == account ? CASH : other;
        }

        /** Half of them expire while the drill runs. */
        private Transfer pending() {
            long debit = account();
            return Transfer.pending(TransferIds.next(), debit, other(debit), Money.of(1 + random.nextInt(1_000), EUR),
                    random.nextBoolean() ? null : java.time.Instant.now().plusMillis(500 + random.nextInt(2_500)));
        }

        private void resolve() {
            if (!pendings.isEmpty()) {
                UUID pending = pendings.remove(random.nextInt(pendings.size()));
                UUID id = TransferIds.next();
                call(List.of(random.nextBoolean() ? Transfer.voidPending(id, pending)
                        : Transfer.postPending(id, pending, random.nextBoolean() ? null : Money.of(1, EUR))), false);
            }
        }

        private void read() {
            long account = account();
            try {
                Reading reading = client.balance(account);
                if (!reading.stale()) {
                    saw(LedgerNames.shardOf(account), account, reading.sequence());
                }
            } catch (RuntimeException unreachable) {
                pause();
            }
        }

        private void saw(int shard, long account, long sequence) {
            history.add(new History.Seen(number, account, shard, sequence, order.incrementAndGet()));
        }

        /** Asks, and writes down what came of it. */
        void call(List<Transfer> transfers, boolean linked) {
            long invoked = System.nanoTime();
            List<LedgerResult> results;
            try {
                results = linked ? client.linked(transfers) : transfers.size() == 1 ? List.of(client.transfer(transfers.getFirst())) : client.batch(transfers);
            } catch (RuntimeException unreachable) {
                results = transfers.stream().<LedgerResult>map(transfer ->
                        new LedgerResult.Refused(transfer.id(), Refusal.OUTCOME_UNKNOWN, String.valueOf(unreachable.getMessage()))).toList();
            }
            long completed = System.nanoTime();
            longestCall.accumulateAndGet(completed - invoked, Math::max);
            List<Transfer> open = new ArrayList<>();
            boolean later = false;
            UUID group = transfers.getFirst().id();
            for (int i = 0; i < results.size(); i++) {
                Transfer transfer = transfers.get(i);
                Operation operation = operation(transfer, linked ? group : transfer.id(), results.get(i), invoked, completed);
                history.add(operation);
                if (operation.outcome() == Outcome.UNKNOWN) {
                    open.add(transfer);
                }
                later |= results.get(i) instanceof LedgerResult.Refused refused && refused.code().retryable();
                if (operation.outcome() == Outcome.BOOKED && transfer.kind() == io.partita.ledger.TransferKind.PENDING) {
                    pendings.add(transfer.id());
                }
            }
            sawBookings(transfers, results);
            if (!open.isEmpty() && unknown.size() < REMEMBERED) {
                unknown.add(new Request(linked ? transfers : open, linked));
            }
            if (later) {
                pause();
            }
        }

        private Operation operation(Transfer transfer, UUID group, LedgerResult result, long invoked, long completed) {
            int kind = transfer.kind().ordinal();
            long amount = transfer.amount() == null ? -1 : transfer.amount().minor();
            codes.computeIfAbsent(result instanceof LedgerResult.Refused refused ? refused.code().name() : "BOOKED", code -> new LongAdder()).increment();
            return switch (result) {
                case LedgerResult.Booked booked -> {
                    lastBooked.accumulateAndGet(completed, Math::max);
                    yield new Operation(transfer.id(), group, kind, transfer.debitAccount(), transfer.creditAccount(), amount, transfer.relatesTo(),
                            Outcome.BOOKED, booked.position(), booked.debitSequence(), booked.creditSequence(), "", invoked, completed);
                }
                case LedgerResult.Refused refused -> new Operation(transfer.id(), group, kind, transfer.debitAccount(), transfer.creditAccount(), amount,
                        transfer.relatesTo(), refused.code() == Refusal.OUTCOME_UNKNOWN ? Outcome.UNKNOWN : Outcome.REFUSED, -1, 0, 0,
                        refused.code().name(), invoked, completed);
            };
        }

        /** Whoever has been told a sequence must not be shown an earlier one. */
        private void sawBookings(List<Transfer> transfers, List<LedgerResult> results) {
            Map<Integer, Long> highest = new TreeMap<>();
            for (int i = 0; i < results.size(); i++) {
                Transfer transfer = transfers.get(i);
                if (transfer.debitAccount() != 0 && results.get(i) instanceof LedgerResult.Booked booked && !booked.repeated()) {
                    highest.merge(LedgerNames.shardOf(transfer.debitAccount()), booked.debitSequence(), Math::max);
                    highest.merge(LedgerNames.shardOf(transfer.creditAccount()), booked.creditSequence(), Math::max);
                }
            }
            highest.forEach((shard, sequence) -> saw(shard, 0, sequence));
        }

        private void pause() {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }
}
