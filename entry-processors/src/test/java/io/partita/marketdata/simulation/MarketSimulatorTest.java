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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        MarketSimulator simulator = simulator(4, 20, 0);
        Map<Regime, List<Double>> moves = new EnumMap<>(Regime.class);
        double[] last = {Double.NaN};
        for (int i = 0; i < 2_000; i++) {
            simulator.next(tick -> {
                if (tick instanceof Tick.Quote quote && quote.instrument() == 1) {
                    double move = Math.abs(Math.log(quote.bid() / last[0]));
                    if (!Double.isNaN(move)) {
                        moves.computeIfAbsent(simulator.regime(), _ -> new ArrayList<>()).add(move);
                    }
                    last[0] = quote.bid();
                }
            });
        }
        double calm = moves.get(Regime.CALM).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double wild = moves.get(Regime.WILD).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(wild / calm).isBetween(4.0, 8.0);
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
