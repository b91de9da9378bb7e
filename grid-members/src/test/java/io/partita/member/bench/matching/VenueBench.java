package io.partita.member.bench.matching;

import com.hazelcast.map.IMap;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.member.bench.ledger.BenchPostgres;
import io.partita.member.bench.ledger.Measured;
import io.partita.member.bench.ledger.MemberProcesses;
import io.partita.member.testing.Http;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Books in the grid: two members, one synchronous backup of each book, a client over TCP; beside the core alone on the same stream. */
public final class VenueBench implements Benchmark {

    private static final String UNIT = "orders/s";
    private static final int BOOKS = 8;
    private static final int BATCH = 2_000;
    private static final int RESTING = 2_000;
    private static final int OFFERED = 1_000;
    private static final int UNDER_WAY = 64;
    private static final String BATCHES = "matching.grid";
    private static final String SINGLE = "matching.order";
    private static final String DURABLE = ".durable";
    private static final String PLAIN = ".plain";
    /** About as long as an order on its way. */
    private static final int PLAIN_BYTES = 128;

    private final AtomicLong ids = new AtomicLong(1L << 40);
    private int listed;

    @Override
    public String name() {
        return "venue";
    }

    @Override
    public String about() {
        return "orders through the grid: replicated, durable, and one at a time";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        run.progress("making the stream of orders");
        OrderStream stream = new OrderStream(run.quick() ? 300_000 : 2_000_000, RESTING);
        run.setting("Grid", "two members and PostgreSQL on this machine, one synchronous backup; %d books, a caller for each with %,d commands a call"
                .formatted(BOOKS, BATCH));
        double core = core(stream);
        run.row(Row.of("matching.core", core, UNIT).note("baseline: one book on one thread, the same stream"));
        try (BenchPostgres postgres = BenchPostgres.start(run)) {
            postgres.create("venue");
            try (MemberProcesses members = MemberProcesses.start(run, postgres, "venue", 2, "2g");
                 TradingClient client = HazelcastTradingClient.of(members.client(), Duration.ofSeconds(30))) {
                if (run.wants(BATCHES) || run.wants(BATCHES + DURABLE)) {
                    // The compilers of two members share two cores with them, and are not done before.
                    batched(run, stream, members, postgres, client, Acknowledgement.REPLICATED, run.time(Duration.ofSeconds(90), Duration.ofSeconds(20)));
                }
                for (Acknowledgement level : Acknowledgement.values()) {
                    if (run.wants(id(BATCHES, level))) {
                        Measured batched = batched(run, stream, members, postgres, client, level, time(run));
                        Row row = Row.of(id(BATCHES, level), batched.rate(), UNIT).against(core).latency(batched.latency())
                                .note("%s; percentiles are of a whole call; %s".formatted(level, batched.cost()));
                        run.row(level == Acknowledgement.REPLICATED ? row.reach(200_000, 1_000_000) : row);
                    }
                }
                if (run.wants(SINGLE + PLAIN)) {
                    plain(run, members, postgres);
                }
                for (Acknowledgement level : Acknowledgement.values()) {
                    if (run.wants(id(SINGLE, level))) {
                        long warm = open(run, members, client);
                        warmUp(run, stream.size(), i -> client.submitAsync(warm, commands(stream, i, 1), level));
                        long book = open(run, members, client);
                        Measured single = offered(run, members, postgres, i -> client.submitAsync(book, commands(stream, i, 1), level)
                                .thenAccept(results -> results.forEach(VenueBench::requireTaken)));
                        run.row(Row.of(id(SINGLE, level), single.rate(), UNIT).latency(single.latency())
                                .note("%,d/s offered, each timed from when it was due, %s; %s".formatted(OFFERED, level, single.cost())));
                    }
                }
            }
        }
    }

    private static String id(String what, Acknowledgement level) {
        return level == Acknowledgement.REPLICATED ? what : what + DURABLE;
    }

    private static Duration time(BenchRun run) {
        return run.time(Duration.ofSeconds(15), Duration.ofSeconds(3));
    }

    private static double core(OrderStream stream) {
        double best = 0;
        for (int round = 0; round < 3; round++) {
            PartitaVenue venue = new PartitaVenue(stream);
            long start = System.nanoTime();
            for (int i = 0; i < stream.size(); i++) {
                venue.apply(i);
            }
            best = Math.max(best, stream.size() * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    /** A new book, open. Its orders get the numbers that the stream counts on: both begin at 1. */
    private long open(BenchRun run, MemberProcesses members, TradingClient client) {
        long instrument = ++listed;
        run.progress("opening book " + instrument);
        Http.Answer answer = Http.post(members.uri("/api/v1/instruments"),
                "{\"id\":%d,\"symbol\":\"BOOK%d\",\"currency\":\"EUR\"}".formatted(instrument, instrument));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
            Command command = new Command().phase(phase, 0).id(ids.incrementAndGet());
            while (!(client.submit(instrument, command, Acknowledgement.REPLICATED) instanceof TradingResult.Executed)) {
                // Every member learns of a new instrument within a second.
                LockSupport.parkNanos(100_000_000);
            }
        }
        return instrument;
    }

    private Measured batched(BenchRun run, OrderStream stream, MemberProcesses members, BenchPostgres postgres, TradingClient client,
                             Acknowledgement level, Duration time) throws InterruptedException {
        List<Long> books = new ArrayList<>();
        for (int i = 0; i < BOOKS; i++) {
            books.add(open(run, members, client));
        }
        Measured measured = new Measured().with(members, postgres);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> callers = books.stream().map(book -> Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int from = 0; measured.running() && from + BATCH <= stream.size(); from += BATCH) {
                    List<Command> commands = commands(stream, from, BATCH);
                    long start = System.nanoTime();
                    client.submitAsync(book, commands, level).join().forEach(VenueBench::requireTaken);
                    measured.done(BATCH, System.nanoTime() - start);
                }
            } catch (RuntimeException stopped) {
                failure.compareAndSet(null, stopped);
            }
        })).toList();
        measured.window(run, level.name().toLowerCase(java.util.Locale.ROOT), Duration.ofSeconds(1), time);
        for (Thread caller : callers) {
            caller.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("an order was lost", failure.get());
        }
        return measured;
    }

    private static List<Command> commands(OrderStream stream, int from, int count) {
        List<Command> commands = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            commands.add(stream.into(i, new Command()).id(i + 1L));
        }
        return commands;
    }

    private static void requireTaken(TradingResult result) {
        if (!(result instanceof TradingResult.Executed executed) || executed.repeated()) {
            throw new IllegalStateException(result.toString());
        }
    }

    /** What the grid itself takes: a value that nobody looks at, on the same way and copied to the same backup. */
    private void plain(BenchRun run, MemberProcesses members, BenchPostgres postgres) throws InterruptedException {
        IMap<Long, byte[]> map = members.client().getMap("bench-plain");
        IntFunction<CompletionStage<?>> set = i -> map.setAsync((long) i % BOOKS, new byte[PLAIN_BYTES]);
        warmUp(run, Integer.MAX_VALUE, set);
        Measured plain = offered(run, members, postgres, set);
        run.row(Row.of(SINGLE + PLAIN, plain.rate(), "values/s").latency(plain.latency())
                .note("baseline: %d bytes set in a map with one synchronous backup by the same client; %s".formatted(PLAIN_BYTES, plain.cost())));
        map.destroy();
    }

    /** As many as can be done one by one: a path that an order takes once is compiled after tens of thousands. */
    private static void warmUp(BenchRun run, int most, IntFunction<CompletionStage<?>> call) {
        run.progress("warming up one by one");
        Semaphore room = new Semaphore(UNDER_WAY);
        long end = System.nanoTime() + run.time(Duration.ofSeconds(40), Duration.ofSeconds(5)).toNanos();
        for (int i = 0; System.nanoTime() < end && i < most; i++) {
            room.acquireUninterruptibly();
            call.apply(i).whenComplete((results, failure) -> room.release());
        }
        room.acquireUninterruptibly(UNDER_WAY);
    }

    private Measured offered(BenchRun run, MemberProcesses members, BenchPostgres postgres, IntFunction<CompletionStage<?>> call) throws InterruptedException {
        Measured measured = new Measured().with(members, postgres);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().daemon().start(() -> {
            List<CompletableFuture<?>> underWay = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; measured.running(); i++) {
                long due = start + i * 1_000_000_000L / OFFERED;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
                }
                underWay.add(call.apply(i).thenRun(() -> measured.done(1, System.nanoTime() - due)).toCompletableFuture());
            }
            try {
                underWay.forEach(CompletableFuture::join);
            } catch (RuntimeException stopped) {
                failure.set(stopped);
            }
        });
        measured.window(run, OFFERED + "/s offered", run.time(Duration.ofSeconds(10), Duration.ofSeconds(2)), time(run));
        caller.join();
        if (failure.get() != null) {
            throw new IllegalStateException("an order was lost", failure.get());
        }
        return measured;
    }
}
