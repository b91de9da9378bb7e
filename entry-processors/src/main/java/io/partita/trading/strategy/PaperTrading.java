package io.partita.trading.strategy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingNames;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.venue.HostedBook;
import io.partita.trading.venue.ReadBook;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a strategy trade in live books, on an account of its own: the code that ran over history, unchanged. What happened in a book is read by
 * number, so nothing is missed or seen twice, whichever member serves it. Everything the strategy is told happens on one thread, which
 * {@link #start} begins. Thread-safe but for what a strategy may call.
 */
public final class PaperTrading implements StrategyContext, AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST = 4_096;
    private static final long STANDING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Numbers of the orders of a run lie below the number of the run. */
    private static final int ORDER_BITS = 24;

    private final IMap<Long, HostedBook> books;
    private final TradingClient client;
    private final List<Long> instruments;
    private final long account;
    private final TradingStrategy strategy;
    private final long ids;
    private final Bars[] bars;
    private final long[] reported;
    private final long[] positions;
    private final long[] prices;
    private final Map<Long, Order> orders = new HashMap<>();
    private final TrackRecord record;
    private final Thread thread = Thread.ofVirtual().name("paper-trading").unstarted(this::run);
    private long cash;
    private long now;
    private long numbers;
    private long stood;
    private volatile boolean closing;
    private volatile boolean withdrawing;
    private volatile Optional<String> failure = Optional.empty();
    private volatile PaperStanding standing;

    /** An order in its book, until that has reported its end. */
    private static final class Order {
        private final long number;
        private final int instrument;
        private final Side side;
        private final long inBook;
        private long leaves;
        private boolean cancelled;

        Order(long number, int instrument, Side side, long quantity, long inBook) {
            this.number = number;
            this.instrument = instrument;
            this.side = side;
            this.leaves = quantity;
            this.inBook = inBook;
        }
    }

    /**
     * @param instruments which the strategy knows as 0, 1, ...
     * @param account     which trades
     * @param run         a number that no earlier run of the account had, from 1
     * @param cash        what equity begins with, ticks times units
     * @param bar         how long the bars are that the strategy is shown beside the ticks; a bar ends with the first trade after it
     */
    public PaperTrading(HazelcastInstance hazelcast, TradingClient client, List<Long> instruments, long account, long run, long cash,
                        TradingStrategy strategy, Duration bar) {
        this.books = hazelcast.getMap(TradingNames.BOOKS);
        this.client = client;
        this.instruments = List.copyOf(instruments);
        this.account = account;
        this.ids = Math.multiplyExact(run, 1L << ORDER_BITS);
        this.cash = cash;
        this.strategy = strategy;
        record = new TrackRecord(cash, bar.toNanos());
        int count = instruments.size();
        bars = new Bars[count];
        reported = new long[count];
        positions = new long[count];
        prices = new long[count];
        for (int i = 0; i < count; i++) {
            bars[i] = new Bars(bar.toNanos());
            reported[i] = -1;
        }
        stand();
    }

    /** Begins with what happens from now on. */
    public PaperTrading start() {
        for (int i = 0; i < reported.length; i++) {
            reported[i] = last(read(i, Long.MAX_VALUE));
        }
        thread.start();
        return this;
    }

    /** Why it has stopped, if it has. */
    public Optional<String> failure() {
        return failure;
    }

    private void run() {
        try {
            while (!closing) {
                boolean quiet = true;
                for (int i = 0; i < reported.length; i++) {
                    quiet &= !follow(i);
                }
                if (System.nanoTime() - stood > STANDING_NANOS) {
                    stand();
                }
                if (quiet) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException problem) {
            failure = Optional.of(String.valueOf(problem.getMessage()));
            // Nobody looks after them any more.
            withdrawing = true;
        }
        if (withdrawing) {
            withdraw();
        }
        stand();
    }

    private void withdraw() {
        try {
            for (int i = 0; i < positions.length; i++) {
                cancelAll(i);
            }
            if (orders.values().stream().anyMatch(order -> !order.cancelled)) {
                throw new IllegalStateException("their book is not served");
            }
        } catch (RuntimeException problem) {
            failure = Optional.of("orders were left open: " + problem.getMessage());
        }
    }

    private void stand() {
        stood = System.nanoTime();
        standing = record.standing(now, equity(), positions, orders.size());
    }

    /** How it does, as of half a second ago at most. */
    public PaperStanding standing() {
        return standing;
    }

    // ---- what happens ----------------------------------------------------------------------------------------------------

    /** True if there was something. */
    private boolean follow(int instrument) {
        ByteBuffer answer = read(instrument, reported[instrument]);
        if (answer == null) {
            return false;
        }
        long last = answer.getLong();
        if (last < reported[instrument] || last > reported[instrument] && !answer.hasRemaining()) {
            throw new IllegalStateException("the book of " + instruments.get(instrument) + " has forgotten what happened after " + reported[instrument]);
        }
        boolean some = answer.hasRemaining();
        while (answer.hasRemaining() && !closing) {
            Execution report = Execution.decode(answer);
            reported[instrument] = report.sequence();
            now = Math.max(now, report.time());
            on(instrument, report);
        }
        return some;
    }

    /** Null while nobody serves the book. */
    private ByteBuffer read(int instrument, long after) {
        try {
            byte[] answer = books.submitToKey(instruments.get(instrument), new ReadBook.Reports(after, MOST, Long.MAX_VALUE))
                    .toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer == null ? null : ByteBuffer.wrap(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException passing) {
            return null;
        }
    }

    private static long last(ByteBuffer answer) {
        if (answer == null) {
            throw new IllegalStateException("nobody serves the book now");
        }
        return answer.getLong();
    }

    private void on(int instrument, Execution report) {
        Order order = report.account() == account ? mine(instrument, report) : null;
        if (order != null && report.execType() != ExecType.REJECTED) {
            order.leaves = report.leaves();
        }
        if (report.execType() == ExecType.TRADE) {
            if (order != null) {
                filled(instrument, order, report);
            }
            // Both parties report a trade; the second one ends it.
            if (bars[instrument].ended(report.tradeId())) {
                traded(instrument, report);
            }
        }
        orders.values().removeIf(one -> one.leaves == 0);
    }

    private Order mine(int instrument, Execution report) {
        return orders.values().stream().filter(order -> order.instrument == instrument && order.inBook == report.orderId()).findFirst().orElse(null);
    }

    private void filled(int instrument, Order order, Execution report) {
        Fill fill = new Fill(order.number, instrument, report.time(), report.side(), report.lastPrice(), report.lastQuantity(), report.leaves(), report.fee());
        positions[instrument] += fill.bought();
        cash = Math.subtractExact(cash, Math.addExact(Math.multiplyExact(report.lastPrice(), fill.bought()), report.fee()));
        prices[instrument] = report.lastPrice();
        record.filled(fill);
        strategy.onFill(this, fill);
    }

    private void traded(int instrument, Execution report) {
        prices[instrument] = report.lastPrice();
        record.point(now, equity(), Arrays.stream(positions).anyMatch(position -> position != 0));
        bars[instrument].add(report.time(), report.lastPrice(), report.lastQuantity()).ifPresent(bar -> strategy.onBar(this, instrument, bar));
        strategy.onTick(this, instrument, PriceBar.tick(report.time(), report.lastPrice(), report.lastQuantity()));
    }

    /** Makes bars out of trades. */
    private static final class Bars {

        private final long length;
        private PriceBar open;
        private long trade;

        Bars(long length) {
            this.length = length;
        }

        boolean ended(long tradeId) {
            boolean second = trade == tradeId;
            trade = tradeId;
            return second;
        }

        /** The bar that was over before this trade, if there is one. */
        Optional<PriceBar> add(long time, long price, long quantity) {
            long start = Math.floorDiv(time, length) * length;
            if (open != null && open.start() == start) {
                open = new PriceBar(start, open.end(), open.open(), Math.max(open.high(), price), Math.min(open.low(), price), price, open.volume() + quantity);
                return Optional.empty();
            }
            Optional<PriceBar> over = Optional.ofNullable(open);
            open = new PriceBar(start, start + length, price, price, price, price, quantity);
            return over;
        }
    }

    // ---- what the strategy may do ----------------------------------------------------------------------------------------

    @Override
    public long now() {
        return now;
    }

    @Override
    public int instruments() {
        return positions.length;
    }

    @Override
    public long position(int instrument) {
        return positions[instrument];
    }

    @Override
    public long working(int instrument) {
        return orders.values().stream().filter(order -> order.instrument == instrument && !order.cancelled)
                .mapToLong(order -> order.side == Side.BUY ? order.leaves : -order.leaves).sum();
    }

    @Override
    public long equity() {
        long equity = cash;
        for (int i = 0; i < positions.length; i++) {
            equity = Math.addExact(equity, Math.multiplyExact(positions[i], prices[i]));
        }
        return equity;
    }

    @Override
    public long market(int instrument, Side side, long quantity) {
        return place(instrument, side, quantity, new Command().market(0, account, side, quantity));
    }

    @Override
    public long limit(int instrument, Side side, long price, long quantity) {
        return place(instrument, side, quantity, new Command().limit(0, account, side, price, quantity));
    }

    @Override
    public long stop(int instrument, Side side, long stopPrice, long quantity) {
        return place(instrument, side, quantity, new Command().newOrder(0, account, side, OrderType.STOP, TimeInForce.DAY, 0, quantity).stop(stopPrice));
    }

    private long place(int instrument, Side side, long quantity, Command command) {
        long number = ++numbers;
        // Waited for: what the book reports about the order is to find it known.
        if (submit(instrument, command.id(ids + number)) instanceof TradingResult.Executed executed && executed.rejected() == Reason.NONE) {
            orders.put(number, new Order(number, instrument, side, quantity, executed.orderId()));
        }
        return number;
    }

    /** @throws IllegalStateException if nobody knows whether it was carried out: what the run knew of its orders would no longer be so */
    private TradingResult submit(int instrument, Command command) {
        TradingResult result = client.submit(instruments.get(instrument), command, Acknowledgement.REPLICATED);
        boolean known = switch (result) {
            case TradingResult.Executed executed -> !executed.reports().isEmpty();
            case TradingResult.Refused refused -> refused.code() != TradingRefusal.OUTCOME_UNKNOWN;
            case TradingResult.Denied _ -> true;
        };
        if (!known) {
            throw new IllegalStateException("nobody knows what became of command " + command.id() + " to the book of " + instruments.get(instrument));
        }
        return result;
    }

    @Override
    public void cancel(long number) {
        Order order = orders.get(number);
        if (order != null && !order.cancelled) {
            // What the book has not heard of can be asked for again.
            order.cancelled = submit(order.instrument, new Command().cancel(order.inBook, account).id(ids + ++numbers)) instanceof TradingResult.Executed;
        }
    }

    @Override
    public void cancelAll(int instrument) {
        orders.entrySet().stream().filter(entry -> entry.getValue().instrument == instrument).map(Map.Entry::getKey).toList().forEach(this::cancel);
    }

    /** Stops, and cancels what is open. */
    public void stop() {
        withdrawing = true;
        close();
    }

    /** Stops; what is open stays open unless the strategy has cancelled it. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
