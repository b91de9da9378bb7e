package io.partita.marketdata.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsolidationTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NOW = 1_790_000_000 * SECOND;

    private static final class Heard implements Consolidation.Outlet {

        private final List<Tick> passed = new ArrayList<>();
        private final List<DeadLetter> refused = new ArrayList<>();

        @Override
        public void passed(Tick tick) {
            passed.add(tick);
        }

        @Override
        public void refused(DeadLetter letter, long number) {
            refused.add(letter);
        }

        List<String> sources() {
            return passed.stream().map(Tick::source).toList();
        }
    }

    private static Tick trade(String source, long number, long after) {
        return new Tick.Trade(1, source, number, NOW + after, NOW + after, 1_000, 5, Tick.Taker.BUYER);
    }

    @Test
    void the_best_feed_is_followed_and_another_only_while_it_is_silent() {
        Consolidation all = new Consolidation(QualityRules.USUAL, List.of("good"));
        Heard heard = new Heard();
        all.add(trade("good", 1, 0), heard);
        all.add(trade("new", 1, SECOND), heard);
        assertThat(heard.sources()).as("whoever comes later does not take over").containsExactly("good");
        all.add(trade("new", 2, 20 * SECOND), heard);
        assertThat(all.followed()).isEqualTo("new");
        all.add(trade("good", 2, 21 * SECOND), heard);
        assertThat(all.followed()).as("not at once").isEqualTo("new");
        for (int i = 1; i <= 31; i++) {
            all.add(trade("new", 2 + i, (21 + i) * SECOND), heard);
            all.add(trade("good", 2 + i, (21 + i) * SECOND), heard);
        }
        assertThat(all.followed()).isEqualTo("good");
        assertThat(heard.refused).isEmpty();
    }

    @Test
    void lines_of_a_feed_are_one_and_each_number_comes_once() {
        Consolidation all = new Consolidation(QualityRules.USUAL, List.of());
        Heard heard = new Heard();
        Random random = new Random(4);
        for (int number = 1; number <= 500; number++) {
            boolean both = random.nextInt(4) > 0;
            for (String line : both ? List.of("feed/a", "feed/b") : List.of(random.nextBoolean() ? "feed/a" : "feed/b")) {
                all.add(trade(line, number, number * 1_000_000L), heard);
            }
        }
        assertThat(heard.passed.stream().map(Tick::sequence)).hasSize(500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_snapshot_goes_on_with_the_same() throws IOException {
        Random random = new Random(6);
        Consolidation all = new Consolidation(QualityRules.USUAL, List.of("x"));
        Heard heard = new Heard();
        Consolidation restored = null;
        Heard again = new Heard();
        for (int i = 1; i <= 2_000; i++) {
            if (i == 1 || i == 1_000) {
                // Also before anybody was heard.
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                all.write(new DataOutputStream(bytes));
                restored = Consolidation.read(QualityRules.USUAL, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
                heard.passed.clear();
                heard.refused.clear();
                again = new Heard();
            }
            String source = List.of("x", "y/a", "y/b").get(random.nextInt(3));
            Tick tick = new Tick.Trade(1, source, 1 + i / 3 + random.nextInt(3), NOW + i * SECOND / 3, NOW + i * SECOND / 3,
                    random.nextInt(60) == 0 ? 5_000 : 1_000 + random.nextInt(9), 5, Tick.Taker.SELLER);
            all.add(tick, heard);
            restored.add(tick, again);
        }
        assertThat(again.passed).isEqualTo(heard.passed).isNotEmpty();
        assertThat(again.refused).isEqualTo(heard.refused).isNotEmpty();
        assertThat(restored.followed()).isEqualTo(all.followed());
    }

    @Test
    void an_instrument_has_few_sources() {
        Consolidation all = new Consolidation(QualityRules.USUAL, List.of());
        Heard heard = new Heard();
        for (int i = 0; i < 100; i++) {
            all.add(trade("s" + i, 1, i), heard);
        }
        assertThat(heard.refused).hasSize(100 - Consolidation.MOST_SOURCES).allMatch(letter -> letter.fault() == Fault.SCHEMA);
    }
}
