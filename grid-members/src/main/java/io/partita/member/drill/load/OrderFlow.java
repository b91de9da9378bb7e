package io.partita.member.drill.load;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.rest.ClientKey;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Traders who send orders to a few books and write down what they are told. Used by one thread; the traders have their own. */
final class OrderFlow implements AutoCloseable {

    static final long FIRST_BOOK = 9_001;
    static final int BOOKS = 6;
    /** Drills share their books; so no two traders may ever have the same account and ids. */
    private static final long FIRST_ACCOUNT = 1_000_000;

    private final TradingClient client;
    private final OrderHistory history;
    private final List<Trader> traders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile long resolveUntil;

    OrderFlow(HazelcastInstance hazelcast, Path file, Load.Settings settings, int count) {
        client = HazelcastTradingClient.of(hazelcast, settings.patience());
        history = OrderHistory.create(file);
        long millis = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            long account = FIRST_ACCOUNT + Math.floorMod(settings.seed() * count + i, 1_000_000L);
            traders.add(new Trader(account, millis << 20, settings, client, history));
        }
    }

    /** Lists the books and opens them, unless they are. */
    void prepare(HttpClient http, URI rest, ClientKey key, long end) throws InterruptedException {
        for (long book = FIRST_BOOK; book < FIRST_BOOK + BOOKS; book++) {
            while (!list(http, rest, key, book) || !phase(book, TradingPhase.PRE_OPEN) || !phase(book, TradingPhase.CONTINUOUS)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("Book " + book + " cannot be opened");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static boolean list(HttpClient http, URI rest, ClientKey key, long book) throws InterruptedException {
        try {
            int status = http.send(key.present(HttpRequest.newBuilder(rest.resolve("/api/v1/instruments"))).timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(
                            "{\"id\":%d,\"symbol\":\"DRILL%d\",\"currency\":\"EUR\"}".formatted(book, book))).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 201 || status == 409;
        } catch (IOException notNow) {
            return false;
        }
    }

    /** A book that is open already rejects it, which is as good. */
    private boolean phase(long book, TradingPhase phase) {
        Command command = new Command().phase(phase, 0).id(System.nanoTime());
        return client.submit(book, command, Acknowledgement.DURABLE) instanceof TradingResult.Executed;
    }

    /** @param failed told when a trader stops by itself: what it does not do any more is not checked either */
    void start(BooleanSupplier running, Consumer<Throwable> failed) {
        for (Trader trader : traders) {
            threads.add(Thread.ofPlatform().daemon().name(trader.toString()).start(() -> {
                try {
                    trader.run(running);
                    trader.confirm(resolveUntil);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error stopped) {
                    failed.accept(stopped);
                }
            }));
        }
    }

    /** Once nobody is running any more: until when traders may ask again. */
    void resolveUntil(long nanos) {
        resolveUntil = nanos;
    }

    /** Waits for all traders; returns how many commands nobody knows the outcome of. */
    int join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return traders.stream().mapToInt(Trader::unresolved).sum();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        client.close();
        history.close();
    }
}
