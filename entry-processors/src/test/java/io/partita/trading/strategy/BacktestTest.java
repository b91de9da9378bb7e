package io.partita.trading.strategy;

import static io.partita.trading.strategy.Prices.DAY;
import static io.partita.trading.strategy.Prices.bar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.trading.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final long CASH = 1_000_000_000;
    private static final FillModel COSTLY = new FillModel(500, 300, 100_000);

    private static BacktestResult run(BiConsumer<StrategyContext, PriceBar> onBar, FillModel model, PriceBar... bars) {
        return new Backtest("test", () -> new TradingStrategy() {
            @Override
            public void onBar(StrategyContext market, int instrument, PriceBar bar) {
                onBar.accept(market, bar);
            }
        }, List.of(List.of(bars)), CASH, model).run();
    }

    @Test
    void an_order_trades_at_the_next_open_and_not_at_a_price_that_was_known() {
        BacktestResult result = run((market, bar) -> {
            if (bar.start() == 0) {
                market.market(0, Side.BUY, 10);
            }
        }, FillModel.FREE, bar(0, 100, 110, 90, 105, 1000), bar(1, 120, 130, 115, 125, 1000), bar(2, 126, 140, 120, 130, 1000));
        assertThat(result.fills()).containsExactly(new Fill(1, 0, 2 * DAY, Side.BUY, 120, 10, 0, 0));
        assertThat(result.curve().value(0)).isEqualTo(CASH);
        assertThat(result.curve().value(1)).isEqualTo(CASH + 10 * 5);
        assertThat(result.curve().value(2)).isEqualTo(CASH + 10 * 10);
    }

    @Test
    void who_wants_to_buy_at_the_low_and_sell_at_the_high_of_each_bar_it_has_seen_gets_neither() {
        List<PriceBar> walk = Prices.walk(7, 400);
        List<Fill> fills = run((market, bar) -> {
            market.cancelAll(0);
            market.limit(0, Side.BUY, bar.low(), 1);
            market.limit(0, Side.SELL, bar.high(), 1);
        }, FillModel.FREE, walk.toArray(PriceBar[]::new)).fills();
        assertThat(fills).isNotEmpty();
        Map<Long, PriceBar> byEnd = new HashMap<>();
        walk.forEach(bar -> byEnd.put(bar.end(), bar));
        for (Fill fill : fills) {
            PriceBar traded = byEnd.get(fill.time());
            PriceBar seen = byEnd.get(traded.start());
            assertThat(fill.price()).isBetween(traded.low(), traded.high());
            assertThat(fill.side() == Side.BUY ? fill.price() <= seen.low() : fill.price() >= seen.high()).isTrue();
        }
    }

    @Test
    void a_strategy_that_is_shown_a_changed_future_does_the_same_until_then() {
        for (StrategyCatalogue one : StrategyCatalogue.all()) {
            List<PriceBar> walk = Prices.walk(3, 300);
            List<PriceBar> changed = new ArrayList<>(walk.subList(0, 200));
            for (PriceBar bar : walk.subList(200, 300)) {
                changed.add(new PriceBar(bar.start(), bar.end(), 2 * bar.open(), 2 * bar.high(), 2 * bar.low(), 2 * bar.close(), bar.volume()));
            }
            List<PriceBar> other = Prices.walk(4, 300);
            Supplier<TradingStrategy> strategy = one.with(Map.of());
            BacktestResult as = new Backtest("as it was", strategy, List.of(walk, other).subList(0, one.instruments()), CASH, COSTLY).run();
            BacktestResult then = new Backtest("changed", strategy, List.of(changed, other).subList(0, one.instruments()), CASH, COSTLY).run();
            long split = 200 * DAY;
            assertThat(then.fills().stream().filter(fill -> fill.time() <= split).toList()).as(one.name())
                    .isEqualTo(as.fills().stream().filter(fill -> fill.time() <= split).toList());
            for (int i = 0; i < 200; i++) {
                assertThat(then.curve().value(i)).isEqualTo(as.curve().value(i));
            }
        }
    }

    @Test
    void data_are_taken_one_at_a_time_and_never_before_their_predecessor_was_dealt_with() {
        List<PriceBar> walk = Prices.walk(5, 50);
        int[] taken = {0};
        int[] seen = {0};
        Iterable<PriceBar> watched = () -> {
            Iterator<PriceBar> bars = walk.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return bars.hasNext();
                }

                @Override
                public PriceBar next() {
                    taken[0]++;
                    return bars.next();
                }
            };
        };
        new Backtest("watched", () -> new TradingStrategy() {
            @Override
            public void onBar(StrategyContext market, int instrument, PriceBar bar) {
                seen[0]++;
                assertThat(taken[0]).isLessThanOrEqualTo(seen[0] + 1);
                assertThat(market.now()).isEqualTo(bar.end());
            }
        }, List.of(watched), CASH, FillModel.FREE).run();
        assertThat(seen[0]).isEqualTo(50);
    }

    @Test
    void an_order_placed_at_the_end_of_a_long_bar_does_not_trade_in_short_ones_that_lie_within() {
        List<PriceBar> days = List.of(bar(0, 100, 100, 100, 100, 10), bar(1, 100, 100, 100, 100, 10));
        List<PriceBar> hours = new ArrayList<>();
        for (int hour = 0; hour < 48; hour++) {
            hours.add(new PriceBar(hour * DAY / 24, (hour + 1) * DAY / 24, 200 + hour, 200 + hour, 200 + hour, 200 + hour, 10));
        }
        BacktestResult result = new Backtest("two", () -> new TradingStrategy() {
            @Override
            public void onBar(StrategyContext market, int instrument, PriceBar bar) {
                if (instrument == 0 && bar.start() == 0) {
                    market.market(1, Side.BUY, 1);
                }
            }
        }, List.of(days, hours), CASH, FillModel.FREE).run();
        assertThat(result.fills()).extracting(Fill::price).containsExactly(224L);
    }

    @Test
    void what_the_share_of_volume_does_not_cover_is_done_later_and_costs_what_it_costs() {
        BacktestResult result = run((market, bar) -> {
            if (bar.start() == 0) {
                market.market(0, Side.SELL, 250);
            }
        }, COSTLY, bar(0, 10_000, 10_000, 10_000, 10_000, 1000), bar(1, 10_000, 10_000, 9_900, 9_950, 1000), bar(2, 9_900, 9_900, 9_900, 9_900, 2000),
                bar(3, 9_800, 9_800, 9_800, 9_800, 2000));
        assertThat(result.fills()).extracting(Fill::quantity).containsExactly(100L, 150L);
        assertThat(result.fills()).extracting(Fill::price).containsExactly(9_997L, 9_897L);
        assertThat(result.fills()).extracting(Fill::commission).containsExactly(500L - 0, (9_897L * 150 * 500 + 999_999) / 1_000_000);
        assertThat(result.fills()).extracting(Fill::leaves).containsExactly(150L, 0L);
    }

    @Test
    void limits_trade_through_their_price_and_stops_when_it_is_reached() {
        BacktestResult result = run((market, bar) -> {
            if (bar.start() == 0) {
                market.limit(0, Side.BUY, 95, 1);
                market.limit(0, Side.SELL, 111, 1);
                market.stop(0, Side.BUY, 115, 1);
                market.stop(0, Side.SELL, 90, 1);
            }
        }, FillModel.FREE, bar(0, 100, 100, 100, 100, 9), bar(1, 100, 110, 95, 100, 9), bar(2, 100, 112, 94, 100, 9), bar(3, 118, 120, 85, 100, 9));
        assertThat(result.fills()).extracting(Fill::time, Fill::side, Fill::price).containsExactly(
                org.assertj.core.groups.Tuple.tuple(3 * DAY, Side.BUY, 95L), org.assertj.core.groups.Tuple.tuple(3 * DAY, Side.SELL, 111L),
                org.assertj.core.groups.Tuple.tuple(4 * DAY, Side.BUY, 118L), org.assertj.core.groups.Tuple.tuple(4 * DAY, Side.SELL, 90L));
    }

    @Test
    void cash_and_shares_add_up_whatever_a_strategy_does() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<PriceBar> walk = Prices.walk(seed, 300);
            BacktestResult result = run((market, bar) -> {
                Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                switch (random.nextInt(5)) {
                    case 0 -> market.market(0, side, 1 + random.nextInt(500));
                    case 1 -> market.limit(0, side, bar.close() + random.nextInt(200) - 100, 1 + random.nextInt(500));
                    case 2 -> market.stop(0, side, bar.close() + random.nextInt(200) - 100, 1 + random.nextInt(500));
                    case 3 -> market.cancelAll(0);
                    default -> market.target(0, random.nextInt(1000) - 500);
                }
            }, COSTLY, walk.toArray(PriceBar[]::new));
            long cash = CASH;
            long shares = 0;
            for (Fill fill : result.fills()) {
                cash -= fill.bought() * fill.price() + fill.commission();
                shares += fill.bought();
            }
            assertThat(result.curve().value(299)).as("seed %s", seed).isEqualTo(cash + shares * walk.getLast().close());
            Map<Long, Long> perBar = new HashMap<>();
            result.fills().forEach(fill -> perBar.merge(fill.time(), fill.quantity(), Long::sum));
            walk.forEach(bar -> assertThat(perBar.getOrDefault(bar.end(), 0L)).isLessThanOrEqualTo(bar.volume() / 10));
            check(result);
        }
    }

    /** The figures once more, in the plainest way. */
    private static void check(BacktestResult result) {
        int size = result.curve().size();
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = result.curve().value(i);
        }
        double sum = 0;
        for (int i = 1; i < size; i++) {
            sum += values[i] / values[i - 1] - 1;
        }
        double mean = sum / (size - 1);
        double squares = 0;
        double losses = 0;
        double drawdown = 0;
        for (int i = 1; i < size; i++) {
            double change = values[i] / values[i - 1] - 1;
            squares += (change - mean) * (change - mean);
            losses += Math.pow(Math.min(0, change), 2);
        }
        for (int i = 0; i < size; i++) {
            for (int k = i; k < size; k++) {
                drawdown = Math.max(drawdown, (Math.max(values[i], CASH) - values[k]) / Math.max(values[i], CASH));
            }
        }
        double periods = 365.25;
        double years = (size - 1) / periods;
        double traded = result.fills().stream().mapToDouble(fill -> (double) fill.price() * fill.quantity()).sum();
        double average = java.util.Arrays.stream(values).average().orElseThrow();
        Metrics metrics = result.metrics();
        assertThat(metrics.totalReturn()).isCloseTo(values[size - 1] / CASH - 1, within(1e-12));
        assertThat(metrics.annualReturn()).isCloseTo(Math.exp(Math.log(values[size - 1] / CASH) / years) - 1, within(1e-9));
        assertThat(metrics.sharpe()).isCloseTo(mean / Math.sqrt(squares / (size - 2)) * Math.sqrt(periods), within(1e-9));
        assertThat(metrics.sortino()).isCloseTo(mean / Math.sqrt(losses / (size - 1)) * Math.sqrt(periods), within(1e-9));
        assertThat(metrics.maxDrawdown()).isCloseTo(drawdown, within(1e-12));
        assertThat(metrics.turnover()).isCloseTo(traded / average / years, within(1e-6));
    }

    @Test
    void the_hit_rate_counts_positions_that_were_opened_and_closed() {
        List<Fill> fills = List.of(fill(Side.BUY, 100, 10, 5), fill(Side.BUY, 110, 10, 5), fill(Side.SELL, 106, 20, 5), fill(Side.SELL, 100, 5, 0),
                fill(Side.BUY, 90, 15, 0), fill(Side.SELL, 89, 10, 0), fill(Side.BUY, 1, 3, 0));
        assertThat(RoundTrips.of(fills)).isEqualTo(new RoundTrips(3, 2));
    }

    private static Fill fill(Side side, long price, long quantity, long commission) {
        return new Fill(1, 0, 0, side, price, quantity, 0, commission);
    }

    @Test
    void ten_at_once_come_to_the_same_as_one_by_one() throws InterruptedException {
        List<Backtest> backtests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            StrategyCatalogue one = StrategyCatalogue.all().get(i % 5);
            backtests.add(new Backtest(one.name() + i, one.with(Map.of()), List.of(Prices.walk(i, 2000), Prices.walk(i + 1, 2000)).subList(0, one.instruments()),
                    CASH, COSTLY));
        }
        List<BacktestResult> together = Backtest.runAll(backtests, 4);
        assertThat(together).isEqualTo(backtests.stream().map(Backtest::run).toList());
        assertThat(together).allMatch(result -> !result.fills().isEmpty());
    }

    @Test
    void a_market_maker_earns_its_spread_where_prices_return() {
        List<PriceBar> ticks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ticks.add(PriceBar.tick(i + 1L, 10_000 + 30 * (i % 4 < 2 ? i % 4 : 4 - i % 4), 1000));
        }
        BacktestResult result = new Backtest("maker", StrategyCatalogue.named("market-making").orElseThrow().with(Map.of()), List.of(ticks), CASH, FillModel.FREE).run();
        assertThat(result.curve().value(999)).isGreaterThan(CASH);
    }

    @Test
    void parameters_that_mean_nothing_are_told() {
        StrategyCatalogue crossover = StrategyCatalogue.named("crossover").orElseThrow();
        assertThatThrownBy(() -> crossover.with(Map.of("fats", 5.0))).hasMessage("there is no fats; there are fast, quantity, slow");
        assertThatThrownBy(() -> crossover.with(Map.of("fast", 2.5))).hasMessageContaining("whole number");
        assertThatThrownBy(() -> crossover.with(Map.of("fast", -1.0))).hasMessageContaining("positive");
    }

    @Test
    void a_window_that_would_take_all_memory_is_told() {
        assertThatThrownBy(() -> StrategyCatalogue.named("bollinger").orElseThrow().with(Map.of("period", 1e9))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50000");
    }

    @Test
    void shares_and_costs_are_exact_however_large_the_numbers() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            FillModel model = new FillModel(random.nextInt(1_000_001), random.nextInt(1_000_001), 1 + random.nextInt(1_000_000));
            long volume = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
            long price = 1 + random.nextLong(1L << 30);
            long quantity = random.nextLong(1L << 32);
            assertThat(model.available(new PriceBar(0, 1, 1, 1, 1, 1, volume))).isEqualTo(millionths(volume, model.volumeShare(), RoundingMode.FLOOR));
            assertThat(model.commission(price, quantity)).isEqualTo(millionths(price * quantity, model.commission(), RoundingMode.CEILING));
            assertThat(model.slipped(Side.BUY, price)).isEqualTo(price + millionths(price, model.slippage(), RoundingMode.CEILING));
        }
    }

    private static long millionths(long whole, int millionths, RoundingMode rounding) {
        return BigDecimal.valueOf(whole).multiply(BigDecimal.valueOf(millionths, 6)).setScale(0, rounding).longValueExact();
    }
}
