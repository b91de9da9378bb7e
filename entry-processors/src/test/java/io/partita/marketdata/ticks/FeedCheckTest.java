package io.partita.marketdata.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.marketdata.ticks.Tick.Taker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedCheckTest {

    private static final long NOW = 1_800_000_000_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final FeedCheck check = new FeedCheck(QualityRules.USUAL);

    private static Tick.Trade trade(long sequence, long millis, long price) {
        return new Tick.Trade(7, "A", sequence, NOW + millis * MILLI, NOW + (millis + 3) * MILLI, price, 10, Taker.BUYER);
    }

    private static Tick.Quote quote(long sequence, long millis, long bid, long ask) {
        return new Tick.Quote(7, "A", sequence, NOW + millis * MILLI, NOW + (millis + 3) * MILLI, bid, bid == 0 ? 0 : 5, ask, ask == 0 ? 0 : 5);
    }

    private Fault fault(Tick tick) {
        return check.judge(tick).fault();
    }

    @Test
    void what_cannot_be_read_says_why() {
        assertThat(FeedCheck.schema(trade(1, 0, 100), id -> id == 7)).isEmpty();
        assertThat(FeedCheck.schema(trade(1, 0, 100), id -> false)).isEqualTo("there is no instrument 7");
        assertThat(FeedCheck.schema(trade(1, 0, 0), id -> true)).startsWith("a trade has a price");
        assertThat(FeedCheck.schema(trade(1, 0, (1L << 40) + 1), id -> true)).startsWith("a trade has a price");
        assertThat(FeedCheck.schema(trade(-1, 0, 100), id -> true)).startsWith("times are positive");
        assertThat(FeedCheck.schema(quote(1, 0, 100, 0), id -> true)).isEmpty();
        assertThat(FeedCheck.schema(new Tick.Quote(7, "A", 1, NOW, NOW, 100, 0, 101, 5), id -> true)).startsWith("a side of a quote");
        assertThat(FeedCheck.schema(new Tick.Quote(7, "A".repeat(65), 1, NOW, NOW, 100, 5, 101, 5), id -> true)).startsWith("a source has a name");
        assertThat(FeedCheck.schema(new Tick.Trade(7, null, 1, NOW, NOW, 1, 1, Taker.BUYER), id -> true)).startsWith("a source has a name");
    }

    @Test
    void numbers_tell_duplicates_late_ones_and_gaps() {
        assertThat(fault(trade(5, 0, 100))).isNull();
        assertThat(fault(trade(6, 1, 100))).isNull();
        assertThat(check.judge(trade(9, 2, 100))).extracting(Judgement::fault, Judgement::missing, Judgement::passed).containsExactly(Fault.GAP, 2L, true);
        assertThat(check.judge(trade(7, 3, 100))).extracting(Judgement::fault, Judgement::missing, Judgement::passed)
                .containsExactly(Fault.OUT_OF_ORDER, -1L, true);
        assertThat(fault(trade(7, 3, 100))).isEqualTo(Fault.DUPLICATE);
        assertThat(fault(trade(4, 3, 100))).isEqualTo(Fault.DUPLICATE);
        assertThat(check.judge(trade(8, 4, 100)).missing()).isEqualTo(-1);
        assertThat(fault(trade(10, 5, 100))).isNull();
    }

    @Test
    void a_source_that_counts_anew_is_believed_soon_and_a_number_that_cannot_be_spoils_nothing_for_long() {
        assertThat(fault(trade(500, 0, 100))).isNull();
        assertThat(fault(trade(1, 1, 100))).isNull();
        assertThat(fault(trade(2, 2, 100))).isNull();
        assertThat(fault(trade(Long.MAX_VALUE, 3, 100))).isEqualTo(Fault.GAP);
        List<Fault> after = new ArrayList<>();
        for (int i = 3; i < 10; i++) {
            after.add(fault(trade(i, i + 1, 100)));
        }
        assertThat(after).containsExactly(Fault.STALE, Fault.STALE, Fault.STALE, null, null, null, null);
    }

    @Test
    void a_source_without_numbers_is_judged_by_time_and_content() {
        assertThat(fault(trade(0, 0, 100))).isNull();
        assertThat(fault(trade(0, 0, 100))).isEqualTo(Fault.DUPLICATE);
        assertThat(fault(trade(0, 5, 100))).isNull();
        assertThat(fault(trade(0, 4, 100))).isEqualTo(Fault.OUT_OF_ORDER);
    }

    @Test
    void what_is_too_old_or_not_yet_or_crossed_is_not_used() {
        assertThat(fault(new Tick.Trade(7, "A", 1, NOW, NOW + 61_000 * MILLI, 100, 1, Taker.BUYER))).isEqualTo(Fault.STALE);
        assertThat(fault(new Tick.Trade(7, "A", 2, NOW + 1_001 * MILLI, NOW, 100, 1, Taker.BUYER))).isEqualTo(Fault.CLOCK_DRIFT);
        assertThat(check.judge(quote(3, 5, 101, 100))).extracting(Judgement::fault, Judgement::detail)
                .containsExactly(Fault.CROSSED, "bid 101 is above ask 100");
        assertThat(fault(quote(4, 6, 100, 100))).isNull();
        assertThat(fault(quote(5, 7, 0, 100))).isNull();
        assertThat(check.judge(quote(5, 7, 0, 100)).deadLetter()).get().extracting(DeadLetter::fault).isEqualTo(Fault.DUPLICATE);
        assertThat(check.judge(quote(6, 8, 0, 100)).deadLetter()).isEmpty();
    }

    @Test
    void a_spike_is_not_used_and_a_new_level_is_after_a_few_that_agree() {
        Random random = new Random(1);
        int sequence = 1;
        for (; sequence <= 200; sequence++) {
            assertThat(fault(trade(sequence, sequence, 10_000 + random.nextInt(21)))).isNull();
        }
        assertThat(check.judge(trade(sequence++, 300, 5_000))).extracting(Judgement::fault).isEqualTo(Fault.SPIKE);
        assertThat(fault(trade(sequence++, 301, 20_000))).isEqualTo(Fault.SPIKE);
        assertThat(fault(trade(sequence++, 302, 10_010))).isNull();
        List<Fault> shift = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            shift.add(fault(trade(sequence++, 303 + i, 12_000 + random.nextInt(21))));
        }
        assertThat(shift).containsExactly(Fault.SPIKE, Fault.SPIKE, Fault.SPIKE, null, null, null);
        assertThat(fault(trade(sequence++, 400, 10_000))).isEqualTo(Fault.SPIKE);
    }

    @Test
    void a_check_that_goes_on_from_a_snapshot_judges_the_same() throws IOException {
        Random random = new Random(9);
        FeedCheck straight = new FeedCheck(QualityRules.USUAL);
        FeedCheck copied = new FeedCheck(QualityRules.USUAL);
        long sequence = 0;
        for (int i = 0; i < 5_000; i++) {
            sequence = Math.max(0, sequence + random.nextInt(10) - 3);
            Tick tick = random.nextBoolean() ? trade(sequence, i + random.nextInt(20), 1_000 + random.nextInt(random.nextInt(50) == 0 ? 1_000 : 20))
                    : quote(sequence, i, 1_000 + random.nextInt(10), 1_004 + random.nextInt(10));
            assertThat(copied.judge(tick)).isEqualTo(straight.judge(tick));
            if (random.nextInt(50) == 0) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                copied.write(new DataOutputStream(bytes));
                copied = FeedCheck.read(QualityRules.USUAL, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            }
        }
    }

    @Test
    void a_window_of_numbers_equals_a_set_of_all_that_came() {
        Random random = new Random(4);
        SequenceWindow window = new SequenceWindow();
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 50_000; i++) {
            long number = Math.max(1, highest + (random.nextInt(100) == 0 ? random.nextInt(3_000) : random.nextInt(4)) - random.nextInt(600));
            SequenceWindow.Place place = window.add(number);
            SequenceWindow.Place expected = highest == 0 || number == highest + 1 ? SequenceWindow.Place.NEXT
                    : number > highest ? SequenceWindow.Place.AHEAD : seen.contains(number) ? SequenceWindow.Place.KNOWN : SequenceWindow.Place.LATE;
            if (highest == 0) {
                for (long before = 1; before < number; before++) {
                    seen.add(before);
                }
            }
            assertThat(place).isEqualTo(expected);
            seen.add(number);
            highest = Math.max(highest, number);
        }
    }

    @Test
    void the_score_of_a_source_falls_with_what_is_wrong_and_recovers() throws IOException {
        SourceQuality quality = new SourceQuality();
        for (int i = 1; i <= 300; i++) {
            quality.add(check.judge(trade(i, i, 100)));
        }
        assertThat(quality.score()).isEqualTo(100);
        for (int i = 1; i <= 100; i++) {
            quality.add(check.judge(trade(i, i, 100)));
        }
        assertThat(quality.score()).isBetween(60.0, 75.0);
        assertThat(quality.count(Fault.DUPLICATE)).isEqualTo(100);
        quality.add(check.judge(trade(1_000_000, 301, 100)));
        assertThat(quality.missing()).isEqualTo(1_000_000 - 301);
        assertThat(quality.score()).isLessThan(3);
        for (int i = 1_000_001; i <= 1_002_000; i++) {
            quality.add(check.judge(trade(i, i - 999_000, 100)));
        }
        assertThat(quality.score()).isGreaterThan(99.9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        quality.write(new DataOutputStream(bytes));
        SourceQuality copy = SourceQuality.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(copy).usingRecursiveComparison().isEqualTo(quality);
        assertThat(copy.received() - copy.used()).isEqualTo(100);
    }

    @Test
    void a_clock_that_differs_is_seen_by_the_quickest_tick_and_not_by_a_slow_line() {
        SourceQuality quality = new SourceQuality();
        Random random = new Random(6);
        for (int i = 0; i < 1_000; i++) {
            long took = MILLI + random.nextLong(500 * MILLI);
            quality.add(Judgement.good(new Tick.Trade(7, "A", 0, NOW, NOW + took, 1, 1, Taker.BUYER)));
        }
        assertThat((double) quality.clock()).isCloseTo(MILLI, within(10.0 * MILLI));
        assertThat(quality.drifts(100 * MILLI, 100 * MILLI)).isFalse();
        for (int i = 0; i < 1_000; i++) {
            quality.add(Judgement.good(new Tick.Trade(7, "A", 0, NOW, NOW + 200 * MILLI + random.nextLong(500 * MILLI), 1, 1, Taker.BUYER)));
        }
        assertThat(quality.drifts(100 * MILLI, 100 * MILLI)).isTrue();
    }
}
