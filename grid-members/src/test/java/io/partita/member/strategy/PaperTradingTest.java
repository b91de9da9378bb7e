package io.partita.member.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.strategy.Fill;
import io.partita.trading.strategy.PaperTrading;
import io.partita.trading.strategy.PriceBar;
import io.partita.trading.strategy.StrategyCatalogue;
import io.partita.trading.strategy.StrategyContext;
import io.partita.trading.strategy.TradingStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PaperTradingTest {

    private static final long CASH = 1_000_000_000;
    private static final TestMember MEMBER = TestMember.start();
    private static final AtomicLong IDS = new AtomicLong();

    @BeforeAll
    static void list() throws Exception {
        TradingService service = MEMBER.bean(TradingService.class);
        for (long instrument = 1; instrument <= 4; instrument++) {
            service.list(new Listing("PAPER" + instrument, "EUR", 2, Instrument.simple(instrument)));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> service.listings().size() == 4);
        for (long instrument = 1; instrument <= 4; instrument++) {
            command(instrument, new Command().phase(TradingPhase.PRE_OPEN, 0));
            command(instrument, new Command().phase(TradingPhase.CONTINUOUS, 0));
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void command(long instrument, Command command) {
        Executed executed = (Executed) MEMBER.bean(TradingClient.class).submit(instrument, command.id(IDS.incrementAndGet()), Acknowledgement.REPLICATED);
        assertThat(executed.rejected()).isEqualTo(Reason.NONE);
    }

    private static void trade(long instrument, long price, long quantity) {
        command(instrument, new Command().limit(0, 8, Side.SELL, price, quantity));
        command(instrument, new Command().limit(0, 9, Side.BUY, price, quantity));
    }

    /** What another strategy is told, written down. */
    private record Watched(TradingStrategy strategy, List<PriceBar> ticks, List<PriceBar> bars, List<Fill> fills) implements TradingStrategy {

        Watched(TradingStrategy strategy) {
            this(strategy, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        }

        @Override
        public void onBar(StrategyContext market, int instrument, PriceBar bar) {
            bars.add(bar);
        }

        @Override
        public void onTick(StrategyContext market, int instrument, PriceBar tick) {
            strategy.onTick(market, instrument, tick);
            ticks.add(tick);
        }

        @Override
        public void onFill(StrategyContext market, Fill fill) {
            strategy.onFill(market, fill);
            fills.add(fill);
        }
    }

    @Test
    void the_market_maker_of_the_backtests_trades_in_a_live_book() {
        Watched maker = new Watched(StrategyCatalogue.named("market-making").orElseThrow().with(Map.of("spread", 0.01, "quantity", 10.0)).get());
        try (PaperTrading trading = new PaperTrading(MEMBER.hazelcast(), MEMBER.bean(TradingClient.class), List.of(1L), 77, 1, CASH, maker,
                Duration.ofNanos(1)).start()) {
            trade(1, 10_000, 5);
            await().atMost(Duration.ofSeconds(10)).until(() -> maker.ticks().size() == 1);
            command(1, new Command().limit(0, 8, Side.SELL, 9_000, 10));
            await().atMost(Duration.ofSeconds(10)).until(() -> maker.ticks().size() == 2);
            assertThat(maker.fills()).hasSize(1).first().satisfies(fill -> {
                assertThat(fill.side()).isEqualTo(Side.BUY);
                assertThat(fill.price()).isEqualTo(9_950);
                assertThat(fill.quantity()).isEqualTo(10);
                assertThat(fill.leaves()).isZero();
            });
            command(1, new Command().limit(0, 9, Side.BUY, 11_000, 4));
            await().atMost(Duration.ofSeconds(10)).until(() -> maker.fills().size() == 2 && maker.ticks().size() == 3);
            assertThat(trading.position(0)).isEqualTo(6);
            long cash = CASH;
            for (Fill fill : maker.fills()) {
                cash -= fill.bought() * fill.price() + fill.commission();
            }
            assertThat(trading.equity()).isEqualTo(cash + 6 * maker.ticks().getLast().close());
            assertThat(maker.bars()).as("each ends with the trade after it").hasSize(2);
            assertThat(trading.failure()).isEmpty();
        }
    }

    private static Answer run(long id, String strategy, String symbols, String more) {
        return Http.post(MEMBER.uri("/api/v1/strategies/runs"), """
                {"id":%d,"strategy":"%s","symbols":[%s],"account":"79","cash":"100000.00"%s}""".formatted(id, strategy, symbols, more));
    }

    private static Answer one(long id) {
        return Http.get(MEMBER.uri("/api/v1/strategies/runs/" + id));
    }

    private static Answer stop(long id) {
        return Http.send(Http.request(MEMBER.uri("/api/v1/strategies/runs/" + id)).DELETE());
    }

    @Test
    void a_strategy_is_started_looked_at_and_stopped_over_rest() {
        String parameters = ",\"parameters\":{\"spread\":0.01,\"quantity\":10},\"barSeconds\":1";
        Answer started = run(1, "market-making", "\"PAPER3\"", parameters);
        assertThat(started.status()).as(started.toString()).isEqualTo(201);
        assertThat(started.text("status")).isEqualTo("RUNNING");
        assertThat(run(1, "market-making", "\"PAPER3\"", parameters).status()).as("the same again").isEqualTo(200);
        assertThat(run(1, "rsi", "\"PAPER3\"", "").text("code")).isEqualTo("ID_REUSED");
        trade(3, 10_000, 5);
        await().atMost(Duration.ofSeconds(10)).until(() -> one(1).text("openOrders").equals("2"));
        command(3, new Command().limit(0, 8, Side.SELL, 9_000, 10));
        await().atMost(Duration.ofSeconds(10)).until(() -> one(1).text("figures.fills").equals("1"));
        Answer run = one(1);
        assertThat(run.text("fills.0.price")).as(run.toString()).isEqualTo("99.50");
        assertThat(run.text("positions.0.quantity")).isEqualTo("10");
        assertThat(run.text("equity")).isEqualTo("100000.00");
        assertThat(run.json().get("curve").size()).isPositive();
        Answer stopped = stop(1);
        assertThat(stopped.text("status")).as(stopped.toString()).isEqualTo("STOPPED");
        assertThat(MEMBER.bean(TradingService.class).market(3, 5).bids()).as("its orders are gone").isEmpty();
        assertThat(stop(1).text("status")).isEqualTo("STOPPED");
        Answer all = Http.get(MEMBER.uri("/api/v1/strategies/runs"));
        assertThat(all.json().size()).isPositive();
        assertThat(Http.get(MEMBER.uri("/api/v1/strategies")).json().size()).isEqualTo(5);
    }

    @Test
    void ten_run_at_once_and_nonsense_does_not() {
        for (int id = 101; id <= 110; id++) {
            assertThat(run(id, "crossover", "\"PAPER4\"", "").status()).isEqualTo(201);
        }
        assertThat(run(111, "crossover", "\"PAPER4\"", "").text("code")).isEqualTo("TOO_MANY_RUNS");
        for (int id = 101; id <= 110; id++) {
            assertThat(stop(id).text("status")).isEqualTo("STOPPED");
        }
        assertThat(run(112, "luck", "\"PAPER4\"", "").text("field")).isEqualTo("strategy");
        assertThat(run(112, "pairs", "\"PAPER4\"", "").text("field")).isEqualTo("symbols");
        assertThat(run(112, "pairs", "\"PAPER4\",\"PAPER4\"", "").text("field")).isEqualTo("symbols");
        assertThat(run(112, "rsi", "\"NOWHERE\"", "").status()).isEqualTo(404);
        assertThat(run(112, "rsi", "\"PAPER4\"", ",\"parameters\":{\"perod\":3}").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(run(112, "rsi", "\"PAPER4\"", ",\"barSeconds\":0").text("field")).isEqualTo("barSeconds");
        assertThat(one(112).status()).isEqualTo(404);
        assertThat(stop(112).status()).isEqualTo(404);
    }

    @Test
    void what_others_do_elsewhere_is_none_of_its_business() {
        Watched idle = new Watched(new TradingStrategy() { });
        try (PaperTrading trading = new PaperTrading(MEMBER.hazelcast(), MEMBER.bean(TradingClient.class), List.of(2L), 78, 1, CASH, idle,
                Duration.ofMinutes(1)).start()) {
            trade(2, 500, 3);
            trade(2, 501, 3);
            await().atMost(Duration.ofSeconds(10)).until(() -> idle.ticks().size() == 2);
            assertThat(idle.ticks()).extracting(PriceBar::close).containsExactly(500L, 501L);
            assertThat(idle.fills()).isEmpty();
            assertThat(trading.equity()).isEqualTo(CASH);
        }
    }

    private static Answer backtest(String strategies, String more) {
        return Http.post(MEMBER.uri("/api/v1/strategies/backtests"), "{\"strategies\":[%s]%s}".formatted(strategies, more));
    }

    @Test
    void strategies_trade_through_a_csv_over_rest() {
        StringBuilder csv = new StringBuilder("[\"date,close,open,high,low,volume\"");
        for (int day = 0; day < 200; day++) {
            double price = 100 + 10 * Math.sin(day / 7.0);
            csv.append(",\"%s,%.2f,%.2f,%.2f,%.2f,100000\"".formatted(java.time.LocalDate.of(2026, 1, 1).plusDays(day), price, price, price + 1, price - 1));
        }
        csv.append(']');
        Answer answer = backtest("{\"strategy\":\"rsi\"},{\"strategy\":\"crossover\",\"parameters\":{\"fast\":3,\"slow\":9}}", ",\"csv\":" + csv);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("bars.0")).isEqualTo("200");
        assertThat(answer.json().get("runs").size()).isEqualTo(2);
        assertThat(answer.json().at("/runs/1/figures/roundTrips").asInt()).isPositive();
        assertThat(answer.text("runs.1.parameters.fast")).isEqualTo("3.0");
        assertThat(answer.json().at("/runs/0/curve").size()).isEqualTo(200);
        assertThat(backtest("{\"strategy\":\"rsi\"}", ",\"csv\":[\"nothing\",\"1\"]").text("code")).isEqualTo("MALFORMED_CSV");
        assertThat(backtest("{\"strategy\":\"pairs\"}", ",\"csv\":" + csv).text("field")).isEqualTo("symbols");
        assertThat(backtest("{\"strategy\":\"rsi\"}", "").text("field")).isEqualTo("symbols");
        assertThat(backtest("{\"strategy\":\"rsi\"}", ",\"symbols\":[\"PAPER4\"]").text("detail")).contains("fewer than two minutes");
        assertThat(backtest("{\"strategy\":\"rsi\"}", ",\"csv\":" + csv + ",\"share\":\"2\"").text("field")).isEqualTo("share");
        assertThat(backtest("", "").text("field")).isEqualTo("strategies");
    }
}
