package io.partita.member.bench.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Transfer;
import io.partita.member.bench.BenchRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Offers transfers to a ledger through its client and counts what is acknowledged. */
final class LedgerLoad implements AutoCloseable {

    private final BenchRun run;
    private final HazelcastLedgerClient client;
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final MemberProcesses members;
    private final BenchPostgres postgres;
    private int streams;

    LedgerLoad(BenchRun run, MemberProcesses members, BenchPostgres postgres) {
        this.run = run;
        this.members = members;
        this.postgres = postgres;
        this.client = HazelcastLedgerClient.of(members.client());
    }

    void openAccounts() {
        List<Account> openings = Workload.openings();
        for (int from = 0; from < openings.size(); from += 2_000) {
            run.progress("opening accounts");
            List<AccountCommand.Open> commands = openings.subList(from, from + 2_000).stream().map(AccountCommand::open).toList();
            client.accountsAsync(commands).join().forEach(LedgerLoad::requireBooked);
        }
    }

    private static void requireBooked(LedgerResult result) {
        if (!(result instanceof LedgerResult.Booked)) {
            throw new IllegalStateException("Not booked: " + result);
        }
    }

    /** So many callers, each with one batch under way at any time. */
    Measured batched(String what, Workload workload, int callers, int batch, Duration warmUp, Duration time) throws InterruptedException {
        return measure(what, callers, false, warmUp, time, (measured, stream) -> {
            List<Transfer> transfers = workload.stream(stream).next(batch);
            Workload.Stream source = workload.stream(stream + 1_000);
            while (measured.running()) {
                long start = System.nanoTime();
                List<LedgerResult> results = client.batch(transfers);
                results.forEach(LedgerLoad::requireBooked);
                acknowledged.add(results.size());
                measured.done(results.size(), System.nanoTime() - start);
                transfers = source.next(batch);
            }
        });
    }

    /** So many callers, each with one transfer under way at any time. */
    Measured single(String what, Workload workload, int callers, Duration warmUp, Duration time) throws InterruptedException {
        return measure(what, callers, true, warmUp, time, (measured, stream) -> {
            Workload.Stream source = workload.stream(stream);
            while (measured.running()) {
                long start = System.nanoTime();
                requireBooked(client.transfer(source.next()));
                acknowledged.increment();
                measured.done(1, System.nanoTime() - start);
            }
        });
    }

    /**
     * Single transfers at a rate, whether or not earlier ones have been answered; each is timed from when it was due, so that what
     * a stall keeps waiting is counted as waiting.
     */
    Measured offered(String what, Workload workload, int rate, Duration warmUp, Duration time) throws InterruptedException {
        return measure(what, 1, false, warmUp, time, (measured, stream) -> {
            Workload.Stream source = workload.stream(stream);
            long start = System.nanoTime();
            List<java.util.concurrent.CompletableFuture<Void>> underWay = new ArrayList<>();
            for (long sent = 0; measured.running(); sent++) {
                long due = start + sent * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
                }
                underWay.add(client.transferAsync(source.next()).thenAccept(result -> {
                    requireBooked(result);
                    acknowledged.increment();
                    measured.done(1, System.nanoTime() - due);
                }));
                if (underWay.size() == rate) {
                    underWay.removeIf(java.util.concurrent.CompletableFuture::isDone);
                }
            }
            underWay.forEach(java.util.concurrent.CompletableFuture::join);
        });
    }

    private interface Caller {
        void call(Measured measured, int stream) throws Exception;
    }

    private Measured measure(String what, int callers, boolean virtual, Duration warmUp, Duration time, Caller caller)
            throws InterruptedException {
        Measured measured = new Measured().with(members, postgres);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int stream = ++streams;
            Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            threads.add(builder.name("caller-" + i).start(() -> {
                try {
                    caller.call(measured, stream);
                } catch (Exception | AssertionError stopped) {
                    failure.compareAndSet(null, stopped);
                }
            }));
        }
        measured.window(run, what, warmUp, time);
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(what + " failed", failure.get());
        }
        return measured;
    }

    /** Transfers that were acknowledged as booked, in all. */
    long acknowledged() {
        return acknowledged.sum();
    }

    HazelcastLedgerClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
