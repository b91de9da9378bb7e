package io.partita.pipelines.positions;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.logging.ILogger;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.live.PortfolioTruth;
import io.partita.positions.live.PortfolioTruth.Change;
import io.partita.positions.live.PriceMovements;
import io.partita.positions.live.PriceMovements.Movements;
import io.partita.time.EpochNanos;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads positions and covariances beside marking, which never waits for the database: while that is away, marking goes on with what is known. At most a few changes
 * wait to be taken; then reading waits. Looks and covariances take a fifth of the time each, so that none that takes long
 * fills the database's day; but what is new is looked for after some seconds at the latest.
 */
final class TruthReader implements AutoCloseable {

    private static final int WAITING = 4;
    private static final int REST = 4;
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(5);
    private static final long AWAY_MILLIS = 500;
    private static final long MOVEMENTS_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final HazelcastInstance hazelcast;
    private final ILogger log;
    private final long lookNanos;
    private final BlockingQueue<Found> found = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private volatile long read;
    private volatile RuntimeException failure;
    private LocalDate day;
    private List<String> firms = List.of();
    private long lookTook;
    private long movementsAt;
    private long movementsTook;
    private long movementsOver = System.nanoTime();
    private boolean away;

    /** What was read. */
    private sealed interface Found {

        record Positions(Change change) implements Found {
        }

        record Moves(String firm, Movements movements) implements Found {
        }
    }

    private TruthReader(HazelcastInstance hazelcast, ILogger log, long lookMillis) {
        this.hazelcast = hazelcast;
        this.log = log;
        lookNanos = TimeUnit.MILLISECONDS.toNanos(lookMillis);
        thread = Thread.ofVirtual().name("pnl-truth").unstarted(this::run);
    }

    /** @param lookMillis from one look to the next */
    static TruthReader start(HazelcastInstance hazelcast, ILogger log, long lookMillis) {
        TruthReader reader = new TruthReader(hazelcast, log, lookMillis);
        reader.thread.start();
        return reader;
    }

    /** Hands over what has been read since. @throws RuntimeException that ended reading */
    void take(Consumer<Change> positions, BiConsumer<String, Movements> movements) {
        if (failure != null) {
            throw failure;
        }
        for (Found next = found.poll(); next != null; next = found.poll()) {
            switch (next) {
                case Found.Positions(Change change) -> positions.accept(change);
                case Found.Moves(String firm, Movements moves) -> movements.accept(firm, moves);
            }
        }
    }

    /** When the last look was over that found or changed nothing else, in nanoseconds since 1970; 0 before the first. */
    long read() {
        return read;
    }

    private void run() {
        PortfolioTruth.Reader reader = null;
        try {
            while (true) {
                long pause = TimeUnit.MILLISECONDS.toNanos(AWAY_MILLIS);
                // A member has none while it starts.
                if (hazelcast.getUserContext().get(PortfolioTruth.KEY) instanceof PortfolioTruth truth && !truth.ended()) {
                    reader = reader == null ? truth.reader() : reader;
                    if (look(reader)) {
                        pause = Math.max(lookNanos, Math.min(REST * lookTook, LONGEST_REST));
                    }
                }
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            failure = unexpected;
        }
    }

    /** False if the database is away. */
    private boolean look(PortfolioTruth.Reader reader) throws InterruptedException {
        try {
            long began = System.nanoTime();
            Optional<Change> change = reader.next();
            lookTook = System.nanoTime() - began;
            if (change.isPresent()) {
                found.put(new Found.Positions(change.get()));
                if (change.get() instanceof Change.All all) {
                    day = all.day();
                    firms = all.hierarchy().all().stream().filter(portfolio -> portfolio.level() == Level.FIRM).map(Portfolio::code).toList();
                    movementsAt = 0;
                }
            }
            read = EpochNanos.of(Instant.now());
            move();
            if (away) {
                log.info("Positions are read again");
            }
            away = false;
            return true;
        } catch (PortfolioTruth.Unavailable unavailable) {
            if (!away) {
                log.warning("Positions cannot be read; portfolios are marked as they were known: " + unavailable.getCause());
            }
            away = true;
            return false;
        }
    }

    private void move() throws PortfolioTruth.Unavailable, InterruptedException {
        long began = System.nanoTime();
        if (movementsAt != 0 && began - movementsAt < MOVEMENTS_NANOS || began - movementsOver < REST * movementsTook || !(hazelcast.getUserContext().get(PriceMovements.KEY) instanceof PriceMovements movements)) {
            return;
        }
        for (String firm : firms) {
            Optional<Movements> moves = movements.of(firm, day);
            if (moves.isPresent()) {
                found.put(new Found.Moves(firm, moves.get()));
            }
        }
        movementsAt = System.nanoTime();
        movementsOver = movementsAt;
        movementsTook = movementsAt - began;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
