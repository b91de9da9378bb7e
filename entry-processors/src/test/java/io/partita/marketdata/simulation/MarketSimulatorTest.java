package io.partita.marketdata.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.indicators.Candle;
import io.partita.indicators.Indicator;
import io.partita.marketdata.ticks.FeedCheck;
import io.partita.marketdata.ticks.Judgement;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import io.partita.marketdata.ticks.Tick.Taker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketSimulatorTest {

    private static final long FROM = TimeUnit.DAYS.toNanos(20_000) + TimeUnit.HOURS.toNanos(8);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final List<SimulatedInstrument> INSTRUMENTS = List.of(new SimulatedInstrument(1, 100_000, 0.02, 0.8, 2, 3, 100),
            new SimulatedInstrument(2, 50_000, 0.02, 0.6, 4, 1, 10), new SimulatedInstrument(3, 20_000, 0.02, -0.5, 1, 0.5, 1));

    private static MarketSimulator simulator(long seed, double changes, double jumps) {
        return new MarketSimulator(new SimulationRules(seed, FROM, 2_000 * SECOND, SECOND, changes, jumps, 0.05), INSTRUMENTS, "simulator");
    }

    private static List<Tick> ticks(MarketSimulator simulator, int steps) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            simulator.next(ticks::add);
        }
        return ticks;
    }

    @Test
    void the_same_seed_makes_the_same_market_also_after_a_snapshot() throws IOException {
        List<Tick> once = ticks(simulator(1, 4, 2), 5_000);
        MarketSimulator first = simulator(1, 4, 2);
        List<Tick> again = new ArrayList<>(ticks(first, 1_234));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.write(new DataOutputStream(bytes));
        MarketSimulator second = simulator(1, 4, 2);
        second.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        again.addAll(ticks(second, 5_000 - 1_234));
        assertThat(again).isEqualTo(once);
        assertThat(ticks(simulator(2, 4, 2), 5_000)).isNotEqualTo(once);
    }

    @Test
    void instruments_move_together_as_they_were_told() {
        // Two days without a change of regime; the bid's middle each second.
        Map<Long, List<Double>> middles = new HashMap<>();
        ticks(simulator(3, 0, 0), 4_000).forEach(tick -> {
            if (tick instanceof Tick.Quote quote) {
                middles.computeIfAbsent(quote.instrument(), _ -> new ArrayList<>()).add((quote.bid() + quote.ask()) / 2.0);
            }
        });
        Map<Long, Double> expected = Map.of(2L, 0.48, 3L, -0.4);
        expected.forEach((other, correlation) -> {
            Indicator indicator = Indicator.of("correlation(1900)");
            for (int i = 0; i < 1_950; i++) {
                indicator.add(Candle.of(middles.get(1L).get(i)).withBenchmark(middles.get(other).get(i)));
            }
            assertThat(indicator.value(0)).isCloseTo(correlation, within(0.08));
        });
    }

    @Test
    void wild_times_move_more_than_calm_ones() {
        MarketSimulator simulator = simulator(4, 60, 0);
        Map<Regime, List<Double>> moves = new EnumMap<>(Regime.class);
        double[] last = {Double.NaN};
        for (int i = 0; i < 2_000; i++) {
            simulator.next(tick -> {
                if (tick instanceof Tick.Quote quote && quote.instrument() == 1) {
                    double middle = (quote.bid() + quote.ask()) / 2.0;
                    double move = Math.abs(Math.log(middle / last[0]));
                    if (!Double.isNaN(move)) {
                        moves.computeIfAbsent(simulator.regime(), _ -> new ArrayList<>()).add(move);
                    }
                    last[0] = middle;
                }
            });
        }
        assertThat(moves).containsOnlyKeys(Regime.values());
        double calm = moves.get(Regime.CALM).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double stressed = moves.get(Regime.STRESSED).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(stressed / calm).isBetween(2.0, 5.0);
    }

    /** Logarithmic returns of days of shares, by instrument. */
    private static Map<Long, double[]> days(long seed, int days, List<SimulatedInstrument> shares) {
        MarketSimulator simulator = new MarketSimulator(SimulationRules.shares(seed, FROM, TimeUnit.MINUTES.toNanos(195)), shares, "simulator");
        Map<Long, List<Long>> closes = new HashMap<>();
        for (int i = 0; i < 2 * days; i++) {
            boolean last = i % 2 == 1;
            simulator.next(tick -> {
                if (last && tick instanceof Tick.Trade trade && trade.taker() == Taker.UNKNOWN) {
                    closes.computeIfAbsent(trade.instrument(), _ -> new ArrayList<>()).add(trade.price());
                }
            });
        }
        Map<Long, double[]> moves = new HashMap<>();
        closes.forEach((id, prices) -> moves.put(id, IntStream.range(1, prices.size())
                .mapToDouble(i -> Math.log((double) prices.get(i) / prices.get(i - 1))).toArray()));
        return moves;
    }

    private static SimulatedInstrument share(long id, int sector) {
        return new SimulatedInstrument(id, 1_000_000, 0.014, 0.59, sector, 300, 0.01, 100);
    }

    private static double mean(double[] one, double[] other) {
        return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).average().orElseThrow();
    }

    private static double correlation(double[] one, double[] other) {
        return mean(one, other) / Math.sqrt(mean(one, one) * mean(other, other));
    }

    @Test
    void those_of_a_sector_have_more_in_common() {
        Map<Long, double[]> moves = days(7, 1_500, List.of(share(1, 1), share(2, 2), share(3, 1)));
        double same = correlation(moves.get(1L), moves.get(3L));
        double other = correlation(moves.get(1L), moves.get(2L));
        assertThat(same).isBetween(0.35, 0.8);
        assertThat(other).isBetween(0.2, 0.6).isLessThan(same - 0.03);
    }

    @Test
    void moves_have_the_usual_size_wild_days_and_quiet_and_restless_times() {
        double[] moves = days(8, 3_000, List.of(share(1, 0))).get(1L);
        double variance = mean(moves, moves);
        double[] squares = Arrays.stream(moves).map(move -> move * move - variance).toArray();
        assertThat(Math.sqrt(252 * variance)).as("a year's deviation").isBetween(0.15, 0.6);
        assertThat(mean(squares, squares) / variance / variance + 1).as("kurtosis").isGreaterThan(4);
        double[] sizes = Arrays.stream(moves).map(move -> Math.min(0.05, Math.abs(move))).toArray();
        double mean = Arrays.stream(sizes).average().orElseThrow();
        double[] apart = Arrays.stream(sizes).map(size -> size - mean).toArray();
        assertThat(correlation(Arrays.copyOf(apart, apart.length - 1), Arrays.copyOfRange(apart, 1, apart.length))).as("of sizes from day to day")
                .isGreaterThan(0.1);
    }

    @Test
    void another_instrument_beside_it_changes_nothing_for_one() {
        assertThat(days(9, 50, List.of(share(1, 1))).get(1L)).isEqualTo(days(9, 50, List.of(share(2, 2), share(1, 1))).get(1L));
    }

    @Test
    void quotes_are_never_crossed_and_trades_are_at_them() {
        Map<Long, Tick.Quote> quotes = new HashMap<>();
        ticks(simulator(10, 20, 5), 3_000).forEach(tick -> {
            switch (tick) {
                case Tick.Quote quote -> {
                    assertThat(quote.bid()).isPositive().isLessThan(quote.ask());
                    quotes.put(quote.instrument(), quote);
                }
                // An opening auction comes before the day's first quote.
                case Tick.Trade trade when trade.taker() != Taker.UNKNOWN ->
                        assertThat((double) trade.price() / quotes.get(trade.instrument()).bid()).isCloseTo(1, within(0.01));
                case Tick.Trade _ -> { }
            }
        });
    }

    @Test
    void every_day_begins_and_ends_with_an_auction_and_nights_are_empty() {
        List<Tick> ticks = ticks(simulator(5, 4, 1), 6_000);
        long day = TimeUnit.DAYS.toNanos(1);
        for (long id = 1; id <= 3; id++) {
            long instrument = id;
            List<Tick.Trade> auctions = ticks.stream().filter(Tick.Trade.class::isInstance).map(Tick.Trade.class::cast)
                    .filter(trade -> trade.instrument() == instrument && trade.taker() == Taker.UNKNOWN).toList();
            assertThat(auctions).extracting(trade -> (trade.time() - FROM) / day).containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
        }
        assertThat(ticks).allMatch(tick -> Math.floorMod(tick.time() - FROM, day) < 2_000 * SECOND);
    }

    @Test
    void a_market_without_jumps_passes_every_check() {
        Map<Long, FeedCheck> checks = new HashMap<>();
        List<Judgement> wrong = new ArrayList<>();
        MarketSimulator quiet = simulator(6, 0, 0);
        ticks(quiet, 2_000).forEach(tick -> {
            assertThat(FeedCheck.schema(tick, id -> id <= 3)).isEmpty();
            Judgement judgement = checks.computeIfAbsent(tick.instrument(), _ -> new FeedCheck(QualityRules.USUAL)).judge(tick);
            if (judgement.fault() != null) {
                wrong.add(judgement);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(quiet.jumps()).isZero();
    }
}
