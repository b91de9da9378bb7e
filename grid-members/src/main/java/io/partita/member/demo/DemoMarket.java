package io.partita.member.demo;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.time.EpochNanos;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.OrderType;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.StepTable;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import io.partita.trading.settlement.TradingAccount;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small exchange beside the demo bank: four instruments, and traders whose orders stand around a price that wanders and comes back. Every
 * order ends by itself within a minute, so the books stay small, and a book that somebody halts or closes stays so. In a cluster the oldest
 * member does it.
 */
final class DemoMarket implements AutoCloseable {

    /** Traders' accounts are numbered from here on; the first is for whoever looks at the demo. */
    static final int FIRST_ACCOUNT = 7_000;
    static final int TRADERS = 12;
    private static final Logger LOG = LoggerFactory.getLogger(DemoMarket.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long ORDER_SECONDS = 45;
    private static final List<Quoted> LISTED = List.of(new Quoted(901, "LIRA", "EUR", 4_250, 5, 9), new Quoted(902, "VENEZIA", "EUR", 12_840, 10, 14),
            new Quoted(903, "SUMMA", "EUR", 2_115, 1, 6), new Quoted(904, "MURANO", "CHF", 30_760, 20, 22));

    private final TradingService trading;
    private final TradingAccounts accounts;
    private final DemoJobs jobs;
    private final BooleanSupplier ready;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Walk> walks = new ArrayList<>();
    private final Thread thread;
    private long id;

    /**
     * @param base   the price in cents that it wanders about
     * @param tick   of its prices
     * @param spread how far orders stand from the price, usually
     */
    private record Quoted(long id, String symbol, String currency, long base, long tick, long spread) {

        Listing listing() {
            return new Listing(symbol, currency, 2, Instrument.simple(id).withSteps(StepTable.of(tick), StepTable.ONE));
        }
    }

    private static final class Walk {
        private final Quoted quoted;
        private final DemoPretender pretender;
        private double fair;

        Walk(Quoted quoted) {
            this.quoted = quoted;
            pretender = new DemoPretender(quoted.tick, quoted.spread, quoted == LISTED.getLast());
            fair = quoted.base;
        }
    }

    /** @param ready whether the demo bank is there, and this member is the one that does it */
    DemoMarket(TradingService trading, TradingAccounts accounts, DemoJobs jobs, BooleanSupplier ready, InstantSource clock, long seed) {
        this.trading = trading;
        this.accounts = accounts;
        this.jobs = jobs;
        this.ready = ready;
        this.clock = clock;
        random = new SplittableRandom(seed);
        LISTED.forEach(quoted -> walks.add(new Walk(quoted)));
        thread = Thread.ofVirtual().name("demo-market").unstarted(this::run);
    }

    /** Whether all that the demo trades in is listed. */
    static boolean listed(TradingService trading) {
        List<String> symbols = trading.listings().stream().map(Listing::symbol).toList();
        return LISTED.stream().allMatch(quoted -> symbols.contains(quoted.symbol));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                try {
                    live();
                } catch (SQLException | RuntimeException | ExecutionException | TimeoutException e) {
                    LOG.warn("The demo market stumbled and goes on: {}", e.toString());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("The demo market stops with the member");
        }
    }

    private void live() throws InterruptedException, SQLException, ExecutionException, TimeoutException {
        while (!ready.getAsBoolean()) {
            Thread.sleep(PAUSE);
        }
        if (trading.listings().stream().anyMatch(listing -> LISTED.stream().noneMatch(ours -> ours.id == listing.instrument()))) {
            // Somebody trades here: this is not the place to play.
            return;
        }
        // Ids of an earlier run are not used again.
        id = clock.millis() << 12;
        open();
        while (ready.getAsBoolean()) {
            for (Walk walk : walks) {
                trade(walk);
            }
            Thread.sleep(TICK);
        }
    }

    private void open() throws InterruptedException, SQLException, ExecutionException, TimeoutException {
        for (int trader = 0; trader <= TRADERS; trader++) {
            accounts.open(new TradingAccount(FIRST_ACCOUNT + trader, FIRST_ACCOUNT + trader, "DEMO", trader == 0 ? "You" : "Trader " + trader, true));
        }
        boolean fresh = trading.listings().isEmpty();
        for (Quoted quoted : LISTED) {
            trading.list(quoted.listing());
        }
        while (trading.listings().size() < LISTED.size() || !trading.ready()) {
            Thread.sleep(PAUSE);
        }
        watch();
        if (fresh) {
            for (Quoted quoted : LISTED) {
                submit(quoted, List.of(new Command().phase(TradingPhase.PRE_OPEN, 0), new Command().reference(quoted.base),
                        new Command().phase(TradingPhase.CONTINUOUS, 0)));
            }
            LOG.info("The demo market is open: {}", LISTED.stream().map(Quoted::symbol).toList());
        }
    }

    /** Lets jobs look at the market from before it opens; it goes on where its past ends. */
    private void watch() throws InterruptedException {
        List<DemoTape> tapes = new ArrayList<>();
        for (Walk walk : walks) {
            Quoted quoted = walk.quoted;
            tapes.add(new DemoTape(quoted.id, quoted.base, quoted.tick, quoted.spread, DemoTape.Oddity.values()[tapes.size()], random));
        }
        jobs.start(tapes, EpochNanos.of(clock.instant()));
        for (int i = 0; i < walks.size(); i++) {
            walks.get(i).fair = tapes.get(i).fair();
        }
    }

    /** Two or three orders around the price, and now and then one that takes; seldom, a trader who pretends. */
    private void trade(Walk walk) throws InterruptedException, ExecutionException, TimeoutException {
        Quoted quoted = walk.quoted;
        walk.fair += random.nextGaussian() * quoted.spread * 0.35 + (quoted.base - walk.fair) * 0.002;
        List<Command> commands = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            commands.add(standing(walk));
        }
        if (random.nextInt(3) == 0) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long through = Math.round(walk.fair + (side == Side.BUY ? 2 : -2) * quoted.spread);
            int trader = trader();
            commands.add(by(trader, new Command().newOrder(0, trader, side, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL,
                    onTick(quoted, through), 5L * (1 + random.nextInt(12)))));
        }
        commands.addAll(walk.pretender.next(Math.round(walk.fair)));
        submit(quoted, commands);
    }

    private Command standing(Walk walk) {
        Quoted quoted = walk.quoted;
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        double away = quoted.spread * (0.4 + Math.abs(random.nextGaussian()) * 1.8);
        long price = onTick(quoted, Math.round(walk.fair + (side == Side.BUY ? -away : away)));
        int trader = trader();
        Command order = new Command().newOrder(0, trader, side, OrderType.LIMIT, TimeInForce.GOOD_TILL_DATE, price, 10L * (1 + random.nextInt(30)))
                .expires(EpochNanos.of(clock.instant().plusSeconds(5 + random.nextLong(ORDER_SECONDS))));
        if (order.quantity() > 200) {
            order.display(50);
        }
        return by(trader, order);
    }

    /** Not the first one: that is for people. */
    private int trader() {
        return FIRST_ACCOUNT + 1 + random.nextInt(TRADERS - 1);
    }

    private static Command by(int trader, Command order) {
        return order.by(trader, 0).prevent(SelfTradePrevention.CANCEL_NEWEST);
    }

    private static long onTick(Quoted quoted, long price) {
        return Math.max(quoted.tick, price / quoted.tick * quoted.tick);
    }

    /** What the book rejects, as while it is halted, is no reason to stop. */
    private void submit(Quoted quoted, List<Command> commands) throws InterruptedException, ExecutionException, TimeoutException {
        commands.forEach(command -> command.id(++id));
        List<TradingResult> results = trading.submit(quoted.id, commands, Acknowledgement.REPLICATED).get(10, TimeUnit.SECONDS);
        for (TradingResult result : results) {
            if (result instanceof TradingResult.Refused refused && !refused.code().retryable()) {
                throw new IllegalStateException(refused.code().name());
            }
        }
    }
}
