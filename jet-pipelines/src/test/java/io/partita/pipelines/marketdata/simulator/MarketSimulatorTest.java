package io.partita.pipelines.marketdata.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.marketdata.anomaly.Observation;
import io.partita.trading.TradingPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarketSimulatorTest {

    private static final long DAY = 86_400_000_000_000L;

    private static List<SimulatedInstrument> shares(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(id -> SimulatedInstrument.share(id, (int) id % 2)).toList();
    }

    private static List<SimulatedEvent> events(int instruments, int days, long seed) {
        MarketSimulator simulator = new MarketSimulator(shares(instruments), MarketSimulator.Session.HALF_HOURS, 16_000 * DAY, seed);
        List<SimulatedEvent> events = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            simulator.day(events::add);
        }
        return events;
    }

    private static Map<Long, List<Observation>> bars(int instruments, int days, long seed) {
        Map<Long, List<Observation>> series = new TreeMap<>();
        SimulatedBars bars = SimulatedBars.ofSessions(bar -> series.computeIfAbsent(bar.instrument(), _ -> new ArrayList<>()).add(bar));
        events(instruments, days, seed).forEach(bars);
        return series;
    }

    private static double[] moves(List<Observation> bars) {
        double[] moves = new double[bars.size() - 1];
        for (int i = 1; i < bars.size(); i++) {
            moves[i - 1] = Math.log((double) bars.get(i).close() / bars.get(i - 1).close());
        }
        return moves;
    }

    private static double mean(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum / one.length;
    }

    private static double correlation(double[] one, double[] other) {
        return mean(one, other) / Math.sqrt(mean(one, one) * mean(other, other));
    }

    @Test
    void the_same_seed_makes_the_same_market_and_another_one_another() {
        assertThat(events(3, 20, 1)).isEqualTo(events(3, 20, 1));
        assertThat(events(3, 20, 1)).isNotEqualTo(events(3, 20, 2));
    }

    @Test
    void time_never_runs_backwards() {
        List<SimulatedEvent> events = events(5, 30, 3);
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).time()).as("%s after %s", events.get(i), events.get(i - 1)).isGreaterThanOrEqualTo(events.get(i - 1).time());
        }
    }

    @Test
    void every_day_has_its_phases_with_an_auction_at_each_end() {
        Map<Long, List<Object>> told = new TreeMap<>();
        for (SimulatedEvent event : events(2, 3, 4)) {
            switch (event) {
                case SimulatedEvent.PhaseChanged changed -> told.computeIfAbsent(changed.instrument(), _ -> new ArrayList<>()).add(changed.phase());
                case SimulatedEvent.Uncrossed uncrossed -> told.get(uncrossed.instrument()).add("uncrossed " + uncrossed.auction());
                default -> {
                    // Not about phases.
                }
            }
        }
        List<Object> day = List.of(TradingPhase.OPENING_AUCTION, "uncrossed OPENING_AUCTION", TradingPhase.CONTINUOUS, TradingPhase.CLOSING_AUCTION,
                "uncrossed CLOSING_AUCTION", TradingPhase.CLOSED);
        assertThat(told.values()).allSatisfy(phases -> {
            assertThat(phases.subList(0, 6)).isEqualTo(day);
            assertThat(phases.subList(6, 12)).isEqualTo(day);
            assertThat(phases).hasSize(18);
        });
    }

    @Test
    void an_auction_indicates_before_it_uncrosses_and_comes_nearer() {
        double first = 0;
        double last = 0;
        long[] prices = new long[4];
        int indications = 0;
        for (SimulatedEvent event : events(1, 300, 5)) {
            if (event instanceof SimulatedEvent.Indicated indicated) {
                prices[indications++ % 4] = indicated.price();
            } else if (event instanceof SimulatedEvent.Uncrossed uncrossed) {
                first += Math.abs(Math.log((double) prices[0] / uncrossed.price()));
                last += Math.abs(Math.log((double) prices[3] / uncrossed.price()));
            }
        }
        assertThat(indications).isEqualTo(4 * 2 * 300);
        assertThat(last).isLessThan(first / 2);
    }

    @Test
    void quotes_are_never_crossed_and_trades_are_near_them() {
        Map<Long, SimulatedEvent.Quoted> quotes = new TreeMap<>();
        for (SimulatedEvent event : events(4, 100, 6)) {
            if (event instanceof SimulatedEvent.Quoted quoted) {
                assertThat(quoted.bid()).isPositive().isLessThan(quoted.ask());
                quotes.put(quoted.instrument(), quoted);
            } else if (event instanceof SimulatedEvent.Traded traded) {
                assertThat(traded.quantity()).isPositive();
                assertThat((double) traded.price() / quotes.get(traded.instrument()).bid()).isCloseTo(1, within(0.2));
            }
        }
    }

    @Test
    void instruments_go_together_most_of_all_in_a_sector() {
        Map<Long, List<Observation>> series = bars(6, 1500, 7);
        double same = correlation(moves(series.get(1L)), moves(series.get(3L)));
        double other = correlation(moves(series.get(1L)), moves(series.get(2L)));
        assertThat(same).isBetween(0.35, 0.8);
        assertThat(other).isBetween(0.2, 0.6).isLessThan(same - 0.03);
    }

    @Test
    void moves_have_the_usual_size_wild_days_and_quiet_and_restless_times() {
        double[] moves = moves(bars(1, 3000, 8).get(1L));
        double variance = mean(moves, moves);
        double[] squares = new double[moves.length];
        double[] later = new double[moves.length];
        for (int i = 0; i < moves.length; i++) {
            squares[i] = moves[i] * moves[i] - variance;
            later[i] = i + 1 < moves.length ? moves[i + 1] * moves[i + 1] - variance : 0;
        }
        assertThat(Math.sqrt(252 * variance)).as("a year's deviation").isBetween(0.15, 0.6);
        assertThat(mean(squares, squares) / variance / variance + 1).as("kurtosis").isGreaterThan(4);
        double[] sizes = Arrays.stream(moves).map(move -> Math.min(0.05, Math.abs(move))).toArray();
        double mean = Arrays.stream(sizes).average().orElseThrow();
        double[] now = new double[sizes.length - 1];
        double[] next = new double[sizes.length - 1];
        for (int i = 0; i < now.length; i++) {
            now[i] = sizes[i] - mean;
            next[i] = sizes[i + 1] - mean;
        }
        assertThat(correlation(now, next)).as("of sizes from day to day").isGreaterThan(0.1);
    }

    @Test
    void regimes_come_and_go_and_jumps_are_told() {
        Set<Regime> regimes = new HashSet<>();
        int jumps = 0;
        int changes = 0;
        Regime before = Regime.CALM;
        for (SimulatedEvent event : events(5, 1000, 9)) {
            if (event instanceof SimulatedEvent.RegimeBegan began) {
                regimes.add(began.regime());
                changes += began.regime() == before ? 0 : 1;
                before = began.regime();
            } else if (event instanceof SimulatedEvent.Jumped) {
                jumps++;
            }
        }
        assertThat(regimes).containsExactlyInAnyOrder(Regime.values());
        assertThat(changes).isBetween(20, 200);
        assertThat(jumps).isBetween(50, 200);
    }

    @Test
    void faults_are_where_they_are_said_to_be_and_nowhere_else() {
        List<Observation> bars = bars(1, 900, 10).get(1L);
        FaultInjector.Injected injected = new FaultInjector(3).inject(bars, 120, 2, 40);
        assertThat(injected.faults()).hasSize(10);
        assertThat(injected.bars()).hasSameSizeAs(bars);
        for (int i = 1; i < bars.size(); i++) {
            int at = i;
            boolean near = injected.faults().stream().anyMatch(fault -> fault.from() <= at && at <= fault.to() + 1);
            if (!near) {
                double before = Math.log((double) bars.get(i).close() / bars.get(i - 1).close());
                double now = Math.log((double) injected.bars().get(i).close() / injected.bars().get(i - 1).close());
                assertThat(now).as("bar %d", i).isCloseTo(before, within(1e-3));
            }
        }
    }
}
