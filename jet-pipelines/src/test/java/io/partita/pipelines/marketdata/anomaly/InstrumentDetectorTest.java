package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Attribution;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InstrumentDetectorTest {

    private final SplittableRandom chance = new SplittableRandom(5);
    private InstrumentDetector detector = new InstrumentDetector(InstrumentDetector.Settings.STANDARD);
    private final List<Anomaly> found = new ArrayList<>();
    private double price = 100_000;
    private long time;

    private Observation bar(double move, double volume, double spread, double imbalance) {
        double open = price;
        price *= Math.exp(move);
        double wide = price * 0.008 * Math.exp(0.2 * chance.nextGaussian());
        long units = Math.round(1e6 * volume * Math.exp(0.2 * chance.nextGaussian()));
        long half = Math.max(1, Math.round(price * spread * Math.exp(0.1 * chance.nextGaussian()) / 2));
        long bought = Math.round(units * (0.5 + Math.clamp(imbalance + 0.05 * chance.nextGaussian(), -0.5, 0.5)));
        return Observation.bar(1, ++time, Math.round(open), Math.round(Math.max(open, price) + wide / 2),
                Math.round(Math.min(open, price) - wide / 2), Math.round(price), units)
                .withQuote(Math.round(price) - half, Math.round(price) + half).withFlow(bought, units - bought);
    }

    private List<Anomaly> see(Observation bar) {
        List<Anomaly> now = detector.accept(bar, MarketContext.alone(bar.time()), Thresholds.standard());
        found.addAll(now);
        return now;
    }

    private void quiet(int bars) {
        for (int i = 0; i < bars; i++) {
            see(bar(0.01 * chance.nextGaussian(), 1, 3e-4, 0));
        }
    }

    private static Anomaly of(AnomalyKind kind, List<Anomaly> anomalies) {
        return anomalies.stream().filter(anomaly -> anomaly.kind() == kind).findFirst().orElseThrow(() -> new AssertionError(kind + " in " + anomalies));
    }

    @Test
    void a_price_that_comes_back_is_a_jump_at_once_and_a_bad_print_with_the_next_bar() {
        quiet(150);
        Anomaly jump = of(AnomalyKind.PRICE_JUMP, see(bar(-0.2, 1, 3e-4, 0)));
        Anomaly print = of(AnomalyKind.BAD_PRINT, see(bar(0.2, 1, 3e-4, 0)));
        assertThat(jump.severity()).isEqualTo(Severity.WARNING);
        assertThat(print.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(print.id()).isEqualTo(jump.id());
        assertThat(jump.and(print)).extracting(Anomaly::kind, Anomaly::severity, Anomaly::bars).containsExactly(AnomalyKind.BAD_PRINT,
                Severity.CRITICAL, 1);
        Attribution first = print.attributions().getFirst();
        assertThat(first.feature()).isEqualTo(Feature.PRICE);
        assertThat(first.observed()).isCloseTo(-0.2, within(0.001));
        assertThat(first.expected()).isCloseTo(0, within(0.003));
        assertThat(print.attributions().stream().mapToDouble(Attribution::share).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_price_that_stays_is_a_shift_unless_volume_explains_it() {
        quiet(150);
        see(bar(0.15, 1, 3e-4, 0));
        assertThat(of(AnomalyKind.LEVEL_SHIFT, see(bar(0, 1, 3e-4, 0))).severity()).isEqualTo(Severity.WARNING);
        quiet(30);
        assertThat(of(AnomalyKind.PRICE_JUMP, see(bar(0.15, 8, 3e-4, 0))).severity()).isEqualTo(Severity.INFO);
        assertThat(see(bar(0, 2, 3e-4, 0))).noneMatch(anomaly -> anomaly.kind() == AnomalyKind.LEVEL_SHIFT);
    }

    @Test
    void volume_spreads_and_one_sided_flow_are_told_with_how_far_they_are() {
        quiet(150);
        assertThat(of(AnomalyKind.VOLUME_SURGE, see(bar(0, 8, 3e-4, 0))).attributions().getFirst().deviation()).isGreaterThan(5);
        assertThat(of(AnomalyKind.WIDE_SPREAD, see(bar(0, 1, 3e-3, 0))).explanation()).contains("times the usual");
        for (int i = 0; i < 10; i++) {
            see(bar(0, 1, 3e-4, 0.2));
        }
        assertThat(of(AnomalyKind.ONE_SIDED_FLOW, found).explanation()).startsWith("Buyers");
    }

    @Test
    void a_few_ticks_more_are_no_wide_spread_where_one_is_usual_and_many_are() {
        quiet(150);
        for (int i = 0; i < 150; i++) {
            see(quoted(1));
        }
        for (int ticks = 2; ticks <= 8; ticks *= 2) {
            assertThat(see(quoted(ticks))).as("%d ticks", ticks).noneMatch(anomaly -> anomaly.kind() == AnomalyKind.WIDE_SPREAD);
        }
        assertThat(of(AnomalyKind.WIDE_SPREAD, see(quoted(20))).attributions().getFirst().feature()).isEqualTo(Feature.SPREAD);
    }

    private Observation quoted(int ticks) {
        Observation bar = bar(0, 1, 3e-4, 0);
        return bar.withQuote(bar.close(), bar.close() + ticks);
    }

    @Test
    void a_combination_that_no_part_of_is_far_away_is_found_by_the_forest_and_attributed_to_its_parts() {
        // Volume and spread go together, always: much volume, narrow spread.
        for (int i = 0; i < 600; i++) {
            double busy = chance.nextDouble() < 0.5 ? 1 : -1;
            see(bar(0.005 * chance.nextGaussian(), Math.exp(busy), 3e-4 * Math.exp(-busy), 0));
        }
        found.clear();
        List<Anomaly> now = see(bar(0, Math.exp(2), 3e-4 * Math.exp(2), 0.3));
        Anomaly pattern = of(AnomalyKind.UNUSUAL_PATTERN, now);
        assertThat(now).allMatch(anomaly -> anomaly.kind() == AnomalyKind.UNUSUAL_PATTERN);
        assertThat(pattern.attributions()).hasSize(Feature.values().length);
        assertThat(pattern.attributions().subList(0, 3)).extracting(Attribution::feature).contains(Feature.SPREAD, Feature.ORDER_FLOW);
        assertThat(pattern.attributions().stream().mapToDouble(Attribution::share).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void nothing_is_said_while_too_little_was_seen() {
        see(bar(0, 1, 3e-4, 0));
        for (int i = 0; i < 35; i++) {
            see(bar(0.2 * (i % 2 == 0 ? 1 : -1), 1 + 20 * (i % 2), 3e-4, 0));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void an_instrument_that_seldom_trades_is_not_taken_for_a_broken_feed() {
        Observation last = bar(0, 1, 3e-4, 0);
        for (int i = 0; i < 500; i++) {
            last = i % 3 == 0 ? bar(0.01 * chance.nextGaussian(), 1, 3e-4, 0) : last.at(++time).withVolume(0);
            see(last);
        }
        assertThat(found).noneMatch(anomaly -> anomaly.kind() == AnomalyKind.FROZEN_FEED);
    }

    @Test
    void stopped_and_read_back_at_any_bar_it_finds_the_same() throws IOException, ClassNotFoundException {
        SortedMap<Long, List<Observation>> times = Replay.byTime(GeneratedBars.make(8, 6, 300).values());
        MarketWatch undisturbed = new MarketWatch(InstrumentDetector.Settings.STANDARD.withoutPatterns());
        MarketWatch disturbed = new MarketWatch(InstrumentDetector.Settings.STANDARD.withoutPatterns());
        int count = 0;
        for (Map.Entry<Long, List<Observation>> bars : times.entrySet()) {
            disturbed = bars.getKey() / 86_400_000_000_000L % 5 == 0 ? copy(disturbed) : disturbed;
            List<Anomaly> expected = undisturbed.accept(bars.getKey(), bars.getValue(), _ -> Thresholds.standard());
            assertThat(disturbed.accept(bars.getKey(), bars.getValue(), _ -> Thresholds.standard())).isEqualTo(expected);
            count += expected.size();
        }
        assertThat(count).isPositive();
    }

    @Test
    void a_forest_that_is_read_back_goes_on_scoring() throws IOException, ClassNotFoundException {
        quiet(400);
        detector = copy(detector);
        quiet(100);
        assertThat(of(AnomalyKind.UNUSUAL_PATTERN, see(bar(0.2, 8, 3e-3, 0.3)))).isNotNull();
    }

    private static <T> T copy(T state) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T back = (T) in.readObject();
            return back;
        }
    }
}
