package io.partita.member.drill.load;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.TransferIds;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.HistoryWriter;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.Outcome;
import io.partita.member.rest.ClientKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Callers that ask for everything that the ledger can do, over Hazelcast and over REST, and write down what they asked for and were told.
 * Memory stays bounded however long it runs: the history goes to a file, and no more is remembered than what is open.
 */
public final class Load implements AutoCloseable {

    private static final int PREPARED_BALANCE = 20_000;

    private final Settings settings;
    private final HistoryWriter history;
    private final GridChannel grid;
    private final HttpClient http;
    private final ExecutorService storm = Executors.newVirtualThreadPerTaskExecutor();
    private final Tally tally = new Tally();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private OrderFlow orders;
    private volatile boolean running = true;
    private volatile long resolveUntil;

    /**
     * How a process loads the ledger.
     *
     * @param node         where it runs, as reports name it
     * @param cluster      name of the grid
     * @param addresses    its members, {@code host:port}
     * @param through      address of a member to the address under which this process reaches it, where they differ
     * @param rest         base addresses of the REST interfaces of its own side, its own member's first; may be empty
     * @param key          what is presented to them
     * @param bind         address from which REST requests are sent; null for any
     * @param gridCallers  how many callers use the Java client
     * @param restCallers  how many use REST
     * @param rate         calls a second that all of them together ask for; 0 for as many as they can
     * @param seed         with it the same choices are made again
     * @param duplicates   how often each write is sent, all at once
     * @param largestBatch most transfers of one batch
     * @param patience     how long a client repeats by itself what may go through later
     * @param deadline     when a caller gives a call up
     */
    public record Settings(String node, String cluster, List<String> addresses, Map<String, String> through, List<URI> rest, ClientKey key, InetAddress bind,
                           int gridCallers, int restCallers, double rate, long seed, int duplicates, int largestBatch, Duration patience,
                           Duration deadline) {

        /** A load of the Java client alone, as fast as it goes. */
        public static Settings grid(String cluster, String address, int callers, int largestBatch, Duration patience) {
            return new Settings("client", cluster, List.of(address), Map.of(), List.of(), ClientKey.NONE, null, callers, 0, 0, 1, 1, largestBatch, patience,
                    Duration.ofSeconds(30).plus(patience));
        }

        long nanosPerCall() {
            return rate <= 0 ? 0 : (long) (1e9 * (gridCallers + restCallers) / rate);
        }
    }

    private Load(Settings settings, HistoryWriter history, GridChannel grid, HttpClient http) {
        this.settings = settings;
        this.history = history;
        this.grid = grid;
        this.http = http;
    }

    /** Connects, and begins the history. */
    public static Load connect(Settings settings, Path file) {
        HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2));
        if (settings.bind() != null) {
            http.localAddress(settings.bind());
        }
        HistoryWriter history = HistoryWriter.create(file, settings.node(), settings.seed());
        try {
            return new Load(settings, history, GridChannel.connect(settings.cluster(), settings.addresses(), settings.through(),
                    settings.patience(), settings.deadline()), http.build());
        } catch (RuntimeException e) {
            history.close();
            throw e;
        }
    }

    /** Lets traders send orders too, and write down what they are told. */
    void trade(int traders, Path file) {
        orders = new OrderFlow(grid.hazelcast(), file, settings, traders);
    }

    /** Opens the accounts and gives each customer some money; throws if that cannot be done in time. */
    public void prepare(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        List<AccountCommand.Open> openings = DrillAccounts.all().stream().map(AccountCommand::open).toList();
        untilBooked("the accounts cannot be opened", end, () -> open(openings));
        List<Movement> funds = Stream.of(LongStream.rangeClosed(2, DrillAccounts.LAST_CUSTOMER).mapToObj(id -> fund(DrillAccounts.CASH, id, PREPARED_BALANCE)),
                LongStream.rangeClosed(DrillAccounts.CASH_USD + 1, DrillAccounts.LAST_DOLLAR).mapToObj(id -> fund(DrillAccounts.CASH_USD, id, PREPARED_BALANCE)),
                LongStream.rangeClosed(DrillAccounts.FIRST_SOLO, DrillAccounts.LAST_SOLO).mapToObj(id -> fund(DrillAccounts.CASH, id, 300)))
                .flatMap(all -> all).toList();
        untilBooked("the accounts cannot be funded", end, () -> submit(funds));
        if (orders != null) {
            orders.prepare(http, settings.rest().getFirst(), settings.key(), end);
        }
    }

    private static Movement fund(long cash, long account, long amount) {
        return new Movement(TransferIds.next(), Movement.POSTED, cash, account, amount, null);
    }

    private List<Answer> open(List<AccountCommand.Open> openings) {
        List<Long> calls = openings.stream().map(opening -> history.invoke(0, Invocation.Via.GRID, grid.target(), Operation.OPEN, opening.account(), 0)).toList();
        List<Answer> answers = grid.open(openings).answers();
        for (int i = 0; i < calls.size(); i++) {
            history.complete(calls.get(i), List.of(answers.get(i)));
        }
        return answers;
    }

    private List<Answer> submit(List<Movement> movements) {
        long call = history.invoke(0, Invocation.Via.GRID, grid.target(), Operation.BATCH, movements, 1);
        List<Answer> answers = grid.submit(Operation.BATCH, movements).answers();
        history.complete(call, answers);
        return answers;
    }

    private interface Step {
        List<Answer> run();
    }

    /** An account that is full from an earlier drill is as good as funded. */
    private static void untilBooked(String failed, long end, Step step) throws InterruptedException {
        while (true) {
            List<Answer> answers = step.run();
            if (answers.stream().allMatch(answer -> answer.outcome() == Outcome.OK || answer.code().equals("CREDIT_LIMIT_EXCEEDED"))) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(failed + ": " + answers.stream().filter(answer -> answer.outcome() != Outcome.OK).findFirst());
            }
            Thread.sleep(200);
        }
    }

    /** Lets all callers begin. */
    public void start() {
        for (int i = 1; i <= settings.gridCallers(); i++) {
            start(i, grid);
        }
        for (int i = 1; i <= (settings.rest().isEmpty() ? 0 : settings.restCallers()); i++) {
            start(settings.gridCallers() + i, new RestChannel(http, settings.rest(), settings.key(), settings.patience(), settings.deadline()));
        }
        watch();
        if (orders != null) {
            orders.start(() -> running, stopped -> failure.compareAndSet(null, stopped));
        }
    }

    /** One reader for each way to ask. Nobody waits long for a balance. */
    private void watch() {
        int number = settings.gridCallers() + settings.restCallers();
        if (settings.gridCallers() > 0) {
            Caller reader = caller(++number, grid);
            run(reader, () -> reader.watch(() -> running));
        }
        if (settings.restCallers() > 0 && !settings.rest().isEmpty()) {
            Caller reader = caller(++number, new RestChannel(http, settings.rest(), settings.key(), settings.patience(), GridChannel.READ_DEADLINE));
            run(reader, () -> reader.watch(() -> running));
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Caller caller(int number, Channel channel) {
        Caller caller = new Caller(number, channel, settings, history, tally, storm);
        callers.add(caller);
        return caller;
    }

    private void start(int number, Channel channel) {
        Caller caller = caller(number, channel);
        run(caller, () -> {
            caller.run(() -> running);
            caller.resolve(resolveUntil);
        });
    }

    private void run(Caller caller, Work work) {
        threads.add(Thread.ofPlatform().daemon().name(caller.toString()).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error stopped) {
                failure.compareAndSet(null, stopped);
            }
        }));
    }

    /** Lets every caller end, with its unknown outcomes asked for again within the bound; returns how many stay open. */
    public int stop(Duration bound) throws InterruptedException {
        resolveUntil = System.nanoTime() + bound.toNanos();
        if (orders != null) {
            orders.resolveUntil(resolveUntil);
        }
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        int unresolved = callers.stream().mapToInt(Caller::unresolved).sum() + (orders == null ? 0 : orders.join());
        requireRunning();
        return unresolved;
    }

    /** Throws if a caller failed by itself. */
    public void requireRunning() {
        if (failure.get() != null) {
            throw new IllegalStateException("A caller failed", failure.get());
        }
    }

    public Tally tally() {
        return tally;
    }

    /** Returns at once, whatever is still under way. */
    @Override
    public void close() {
        running = false;
        threads.forEach(Thread::interrupt);
        storm.shutdownNow();
        if (orders != null) {
            orders.close();
        }
        http.shutdownNow();
        grid.close();
        history.close();
    }
}
