package io.partita.console.testing;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A book that changes so many times a second: one order in ten takes what stands there, the others change how much stands there. The book stays as long as it was. */
public final class BusyBook implements AutoCloseable {

    private static final int BATCHES_A_SECOND = 50;
    /** More than wait here are not sent: whoever counts learns that it was too much. */
    private static final int WAITING = 10;
    private static final int LEVELS = 12;
    private static final int TAKERS = 10;
    private static final long MIDDLE = 2_000;
    /** Accounts, and the participants that they belong to. */
    private static final int MAKER = 9_711;
    private static final int TAKER = 9_712;

    private record Level(long order, Side side, long price) {
    }

    private final long instrument;
    private final int ordersOfABatch;
    private final HazelcastInstance grid;
    private final TradingClient trading;
    private final Random random = new Random(8);
    private final Semaphore room = new Semaphore(WAITING);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("busy-book").daemon().factory());
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong trades = new AtomicLong();
    private final Map<String, Long> refusals = new ConcurrentHashMap<>();
    private final List<Level> levels = new ArrayList<>();
    /** What was taken of the best offer and of the best bid so far, which a new total has to include. */
    private final long[] taken = new long[2];
    private long ids = 10;

    /** A book of an instrument that trades. */
    public BusyBook(MemberProcess member, long instrument, int ordersASecond) {
        this.instrument = instrument;
        ordersOfABatch = ordersASecond / BATCHES_A_SECOND;
        grid = HazelcastClient.newHazelcastClient(PartitaClients.config(member.cluster, List.of("127.0.0.1:" + member.gridPort)));
        trading = HazelcastTradingClient.of(grid, Duration.ofSeconds(30));
        for (int level = 0; level < LEVELS; level++) {
            rest(Side.BUY, MIDDLE - 1 - level);
            rest(Side.SELL, MIDDLE + 1 + level);
        }
        clock.scheduleAtFixedRate(this::send, 0, 1_000 / BATCHES_A_SECOND, TimeUnit.MILLISECONDS);
    }

    private void rest(Side side, long price) {
        TradingResult result = trading.submit(instrument, new Command().limit(0, MAKER, side, price, 500).by(MAKER, 0).id(++ids), Acknowledgement.REPLICATED);
        count(result);
        levels.add(new Level(((TradingResult.Executed) result).orderId(), side, price));
    }

    private void send() {
        if (!room.tryAcquire()) {
            return;
        }
        List<Command> commands = IntStream.range(0, ordersOfABatch).mapToObj(i -> i % TAKERS == 0 ? take() : change()).toList();
        CompletableFuture<List<TradingResult>> answer = trading.submitAsync(instrument, commands, Acknowledgement.REPLICATED);
        answer.whenComplete((results, _) -> {
            room.release();
            if (results != null) {
                results.forEach(this::count);
            }
        });
    }

    private Command take() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        taken[side.ordinal()]++;
        return new Command().newOrder(0, TAKER, side, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, side == Side.BUY ? MIDDLE + 1 : MIDDLE - 1, 1).by(TAKER, 0).id(++ids);
    }

    private Command change() {
        Level level = levels.get(random.nextInt(levels.size()));
        boolean best = Math.abs(level.price() - MIDDLE) == 1;
        long gone = best ? taken[level.side() == Side.BUY ? Side.SELL.ordinal() : Side.BUY.ordinal()] : 0;
        return new Command().replace(level.order(), MAKER, 0, gone + 100 + random.nextInt(900)).by(MAKER, 0).id(++ids);
    }

    private void count(TradingResult result) {
        switch (result) {
            case TradingResult.Executed executed when executed.rejected() == Reason.NONE -> {
                done.incrementAndGet();
                if (executed.reports().stream().anyMatch(report -> report.execType() == ExecType.TRADE)) {
                    trades.incrementAndGet();
                }
            }
            case TradingResult.Executed executed -> refusals.merge(executed.rejected().name(), 1L, Long::sum);
            case TradingResult.Refused refused -> refusals.merge(refused.code().name(), 1L, Long::sum);
            case TradingResult.Denied denied -> refusals.merge(denied.code().name(), 1L, Long::sum);
        }
    }

    /** Orders that the book has dealt with so far. */
    public long done() {
        return done.get();
    }

    /** Those of them that traded. */
    public long trades() {
        return trades.get();
    }

    /** How many it did not take, by the reason. */
    public Map<String, Long> refusals() {
        return refusals;
    }

    /** Ends the load, and waits until all of it is done. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            room.tryAcquire(WAITING, 30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trading.close();
        grid.shutdown();
    }
}
