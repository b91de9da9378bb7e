package io.partita.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IndicatorTest {

    private static final List<IndicatorSpec> USUAL = IndicatorTable.all().stream().map(kind -> IndicatorSpec.parse(kind.name())).toList();

    @Test
    void every_kind_equals_its_naive_twin_over_random_walks_and_is_absent_exactly_where_the_twin_is() {
        Set<String> kinds = new HashSet<>();
        for (long seed = 1; seed <= 8; seed++) {
            List<Candle> walk = Candles.walk(seed, 400);
            for (Map.Entry<String, double[][]> twin : NaiveIndicators.over(walk).entrySet()) {
                IndicatorSpec spec = IndicatorSpec.parse(twin.getKey());
                assertThat(spec).hasToString(twin.getKey());
                kinds.add(spec.kind().name());
                List<double[]> ours = Candles.rows(twin.getKey(), walk);
                assertThat(twin.getValue()).as(twin.getKey()).hasNumberOfRows(spec.kind().outputs().size());
                for (int output = 0; output < twin.getValue().length; output++) {
                    for (int i = 0; i < walk.size(); i++) {
                        double naive = twin.getValue()[output][i];
                        double mine = ours.get(i)[output];
                        boolean same = Double.isNaN(naive) ? Double.isNaN(mine) : Math.abs(mine - naive) <= 1e-9 * Math.max(100, Math.abs(naive));
                        if (!same) {
                            fail("%s, output %d, bar %d of seed %d: %s and not %s", spec, output, i, seed, mine, naive);
                        }
                    }
                }
            }
        }
        assertThat(kinds).isEqualTo(IndicatorTable.all().stream().map(IndicatorKind::name).collect(Collectors.toSet()));
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void a_set_that_goes_on_from_a_state_says_the_same_to_the_last_bit() {
        List<Candle> walk = Candles.walk(99, 300);
        for (int split : new int[] {0, 1, 7, 30, 150}) {
            IndicatorSet straight = new IndicatorSet(USUAL);
            IndicatorSet before = new IndicatorSet(USUAL);
            walk.subList(0, split).forEach(before::add);
            IndicatorSet after = new IndicatorSet(USUAL);
            after.restore(before.state());
            for (int i = 0; i < walk.size(); i++) {
                straight.add(walk.get(i));
                if (i >= split) {
                    after.add(walk.get(i));
                    assertThat(after.row()).isEqualTo(straight.row());
                }
            }
            assertThat(after.bars()).isEqualTo(300);
            assertThat(after.state()).isEqualTo(straight.state());
        }
        assertThatThrownBy(() -> new IndicatorSet(USUAL).restore(new double[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_is_infinite_or_invented_where_nothing_moves_or_nothing_is_traded() {
        IndicatorSet set = new IndicatorSet(USUAL);
        for (int i = 0; i < 200; i++) {
            set.add(Candle.of(10));
        }
        Map<String, Double> values = set.values();
        assertThat(values.values()).allMatch(Double::isFinite);
        assertThat(values).containsEntry("sma(20)", 10.0).containsEntry("stddev(20)", 0.0).containsEntry("rsi(14)", 50.0)
                .doesNotContainKeys("zscore(20)", "vwma(20)", "correlation(20)", "ofi(20)", "bbands(20,2).percent");
    }

    @Test
    void a_bar_without_the_number_that_is_asked_for_has_no_value_and_changes_none() {
        List<IndicatorSpec> specs = USUAL.stream().filter(spec -> spec.kind().takesSource())
                .map(spec -> IndicatorSpec.parse(spec.toString().replace(")", "") + (spec.kind().parameters().isEmpty() ? "(" : ",") + "benchmark)")).toList();
        IndicatorSet with = new IndicatorSet(specs);
        IndicatorSet without = new IndicatorSet(specs);
        Random random = new Random(7);
        for (Candle bar : Candles.walk(7, 400)) {
            // Keltner's range goes on by itself.
            if (random.nextInt(5) == 0) {
                with.add(bar.withBenchmark(Double.NaN));
                assertThat(with.row()).containsOnly(Double.NaN);
            } else {
                with.add(bar);
                without.add(bar);
                for (int i = 0; i < with.names().size(); i++) {
                    if (!with.names().get(i).startsWith("keltner")) {
                        assertThat(Double.valueOf(with.row()[i])).as(with.names().get(i)).isEqualTo(Double.valueOf(without.row()[i]));
                    }
                }
            }
        }
    }

    @Test
    void a_jump_and_back_leaves_no_trace() {
        IndicatorSet jumped = new IndicatorSet(USUAL);
        for (int i = 0; i < 1_000; i++) {
            jumped.add(Candle.of(i == 100 ? 1e12 : 10));
        }
        assertThat(jumped.values()).containsEntry("sma(20)", 10.0).containsEntry("stddev(20)", 0.0).containsEntry("max(20)", 10.0)
                .containsEntry("linreg(14)", 10.0);
    }

    @Test
    void what_is_written_differently_and_means_the_same_is_the_same() {
        assertThat(IndicatorSpec.parse("macd")).isEqualTo(IndicatorSpec.parse(" macd( 12, 26,9.0 )")).hasToString("macd(12,26,9)");
        assertThat(IndicatorSpec.parse("rsi(14,1)")).hasToString("rsi(14)");
        assertThat(IndicatorSpec.parse("rsi(14,0)")).hasToString("rsi(14,0)");
        assertThat(IndicatorSpec.parse("bbands(20,2.5,typical)").names()).containsExactly("bbands(20,2.5,typical).lower", "bbands(20,2.5,typical).middle",
                "bbands(20,2.5,typical).upper", "bbands(20,2.5,typical).percent", "bbands(20,2.5,typical).bandwidth");
        assertThat(IndicatorSpec.parse("sma(volume)")).hasToString("sma(20,volume)");
        for (IndicatorSpec spec : USUAL) {
            assertThat(IndicatorSpec.parse(spec.toString())).isEqualTo(spec);
            assertThat(spec.kind().summary()).isNotBlank();
        }
    }

    @Test
    void what_is_no_indicator_is_refused_with_what_is_wrong_with_it() {
        assertThatThrownBy(() -> IndicatorSpec.parse("fortune(20)")).hasMessage("there is no indicator fortune");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(0)")).hasMessage("period is 0; it lies between 1 and 5000");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(999999999)")).hasMessage("period is 999999999; it lies between 1 and 5000");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(2.5)")).hasMessage("period is 2.5; it is a whole number");
        assertThatThrownBy(() -> IndicatorSpec.parse("macd(26,12,9)")).hasMessage("fast is smaller than slow");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(20,moon)")).hasMessageStartingWith("there is no source \"moon\"");
        assertThatThrownBy(() -> IndicatorSpec.parse("atr(14,1,close)")).hasMessageStartingWith("atr has no use for \"close\"");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(20)sma(20)")).hasMessageStartingWith("an indicator is written like");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(" + "1".repeat(1_000_000) + ")")).hasMessageStartingWith("an indicator is written like");
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(-1)")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IndicatorSpec.parse("sma(NaN)")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_window_does_not_drift_however_large_the_prices_and_small_their_differences() {
        Random random = new Random(2);
        Window window = new Window(50);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            values.add(random.nextInt(1000) / 1000.0);
            window.add(1e9 + values.getLast());
            if (i >= 50 && i % 7 == 0) {
                double[] last = values.subList(i - 49, i + 1).stream().mapToDouble(Double::doubleValue).toArray();
                assertThat(window.mean() - 1e9).isCloseTo(Columns.average(last), within(1e-6));
                assertThat(window.deviation()).isCloseTo(Math.sqrt(Columns.variance(last)), within(1e-7));
            }
        }
    }

    @Test
    void a_value_in_order_of_size_is_found_among_equal_ones_too() {
        Random random = new Random(5);
        Ordered ordered = new Ordered(new Memory(), 31);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            values.add((double) random.nextInt(10));
            ordered.add(values.getLast());
            if (i >= 30) {
                List<Double> last = values.subList(i - 30, i + 1).stream().sorted().toList();
                assertThat(ordered.median()).isEqualTo(last.get(15));
                assertThat(ordered.rank(5)).isEqualTo(last.stream().filter(value -> value < 5).count() / 31.0);
                assertThat(ordered.distance(4.5)).isCloseTo(last.stream().mapToDouble(value -> Math.abs(value - 4.5)).average().orElseThrow(), within(1e-12));
            }
        }
    }
}
