package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Second;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    /** An arbitrary beginning: nanoTime may be anything, also negative. */
    private static final long START = -5_000_000_000L;

    private static final Answer OK = Answer.booked(7, 1, 1, false);
    private static final Answer REFUSED = Answer.refused("INSUFFICIENT_FUNDS");
    private static final Answer TURNED_AWAY = Answer.refused("NOT_IN_VIEW");
    private static final Answer UNKNOWN = Answer.unknown("OUTCOME_UNKNOWN");
    private static final Answer READ = Answer.shown(3, new Answer.Balance(0, 0, 0, 0, false));
    private static final Answer STALE = Answer.shown(3, new Answer.Balance(0, 0, 0, 0, true));

    private final Figures figures = new Figures(sides(), START);

    private static SequencedMap<String, List<String>> sides() {
        SequencedMap<String, List<String>> sides = new LinkedHashMap<>();
        sides.put("majority", List.of("member-1", "client-1"));
        sides.put("minority", List.of("member-2", "client-2"));
        return sides;
    }

    private void call(String node, boolean write, Answer answer, long atMillis, long tookMicros) {
        long at = START + atMillis * 1_000_000;
        figures.add(SampleReports.call(node, write, List.of(answer), at, at + tookMicros * 1_000));
    }

    /** A write each 100 ms. */
    private void writes(String node, Answer end, long fromMillis, long toMillis) {
        for (long at = fromMillis; at < toMillis; at += 100) {
            call(node, true, end, at, 1_000);
        }
    }

    private Side side(String name, long duration) {
        return figures.sides(duration).stream().filter(side -> side.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void each_end_of_a_call_is_counted_on_its_side_in_the_second_in_which_it_ended() {
        call("client-1", true, OK, 100, 1_000);
        call("client-1", true, REFUSED, 200, 1_000);
        call("client-1", true, UNKNOWN, 950, 100_000);
        call("client-1", false, STALE, 1_100, 1_000);
        call("client-2", true, TURNED_AWAY, 300, 1_000);

        assertThat(side("majority", 3_000).seconds()).extracting(Second::answers).containsExactly(
                new DrillReport.Answers(1, 1, 0, 0, 0, 0, 0), new DrillReport.Answers(0, 0, 0, 1, 1, 1, 0), DrillReport.Answers.NONE);
        assertThat(side("minority", 3_000).answers()).isEqualTo(new DrillReport.Answers(0, 0, 1, 0, 0, 0, 0));
        assertThat(side("minority", 3_000).codes()).containsExactly(Map.entry("NOT_IN_VIEW", 1L));
    }

    @Test
    void the_transfers_of_one_call_count_one_by_one_and_its_latency_once() {
        figures.add(SampleReports.call("client-1", true, List.of(OK, REFUSED, TURNED_AWAY), START, START + 3_000_000));

        assertThat(side("majority", 1_000).answers()).isEqualTo(new DrillReport.Answers(1, 1, 1, 0, 0, 0, 0));
        assertThat(side("majority", 1_000).maxMicros()).isEqualTo(3_000);
    }

    @Test
    void a_call_whose_client_was_killed_is_unknown_and_opening_accounts_is_no_load() {
        figures.add(SampleReports.call("client-1", true, List.of(), START + 1_500_000_000L, Long.MAX_VALUE));
        figures.add(new Call("prepare", new Invocation(1, 0, Invocation.Via.GRID, "grid", Operation.OPEN, List.of(), 1, 0, 1, START),
                List.of(OK), START + 1));

        assertThat(side("majority", 2_000).seconds().get(1).answers().unknown()).isEqualTo(1);
        assertThat(side("majority", 2_000).answers().acknowledged()).isZero();
    }

    @Test
    void latencies_are_exact_and_of_acknowledged_writes_only() {
        IntStream.rangeClosed(1, 100).forEach(i -> call("client-1", true, OK, i, i * 10));
        call("client-1", true, UNKNOWN, 50, 9_000_000);
        call("client-1", false, READ, 50, 9_000_000);

        Side side = side("majority", 1_000);
        assertThat(List.of(side.p50Micros(), side.p99Micros(), side.maxMicros())).containsExactly(500L, 990L, 1_000L);
        assertThat(side("minority", 1_000).p99Micros()).isZero();
    }

    @Test
    void a_gap_is_a_second_without_an_acknowledged_write_while_clients_ask() {
        writes("client-1", OK, 0, 2_000);
        writes("client-1", TURNED_AWAY, 2_000, 5_500);
        writes("client-1", OK, 5_500, 8_000);

        assertThat(side("majority", 8_000).writeGaps()).containsExactly(new Gap(2_000, 5_500, false));
        assertThat(side("majority", 8_000).longestWriteGapMillis()).isEqualTo(3_500);
        assertThat(side("minority", 8_000).writeGaps()).as("nobody asked").isEmpty();
    }

    @Test
    void an_acknowledgement_that_is_given_again_ends_no_gap() {
        writes("client-1", OK, 0, 1_000);
        writes("client-1", UNKNOWN, 1_000, 2_000);
        call("client-1", true, Answer.booked(7, 1, 1, true), 2_000, 1_000);
        writes("client-1", UNKNOWN, 2_100, 3_000);
        writes("client-1", OK, 3_000, 4_000);

        assertThat(side("majority", 4_000).writeGaps()).containsExactly(new Gap(1_000, 3_000, false));
        assertThat(side("majority", 4_000).answers().acknowledged()).isEqualTo(21);
    }

    @Test
    void while_nobody_asks_nobody_misses_anything_but_a_call_that_takes_long_is_a_gap() {
        call("client-1", true, OK, 0, 1_000);
        call("client-1", true, OK, 5_000, 1_000);
        call("client-1", true, OK, 8_000, 2_500_000);

        assertThat(side("majority", 12_000).writeGaps()).containsExactly(new Gap(8_000, 10_500, false));
    }

    @Test
    void a_gap_that_outlasts_the_load_is_open() {
        writes("client-1", OK, 0, 1_000);
        writes("client-1", TURNED_AWAY, 1_000, 4_000);

        assertThat(side("majority", 4_000).writeGaps()).singleElement().satisfies(gap -> {
            assertThat(gap.open()).isTrue();
            assertThat(gap.toMillis()).isBetween(3_900L, 4_000L);
        });
    }

    @Test
    void a_fault_is_detected_by_the_first_write_that_is_turned_away_or_by_what_a_member_says() {
        writes("client-1", OK, 0, 10_000);
        writes("client-2", TURNED_AWAY, 7_000, 10_000);
        Event told = new Event(6_500, Event.Kind.NOTICED, "member-1", "member-2 left");

        assertThat(figures.fault("cut", 5_000, 9_000, 10_000, List.of()).detectedMillis()).isEqualTo(2_000);
        assertThat(figures.fault("cut", 5_000, 9_000, 10_000, List.of(told)).detectedMillis()).isEqualTo(1_500);
        assertThat(figures.fault("cut", 1_000, 3_000, 5_000, List.of()).detectedMillis()).isNull();
    }

    @Test
    void the_best_side_says_when_service_resumed_and_the_worst_when_it_recovered() {
        writes("client-1", OK, 0, 5_000);
        writes("client-1", TURNED_AWAY, 5_000, 8_000);
        writes("client-1", OK, 8_000, 20_000);
        writes("client-2", OK, 0, 5_000);
        writes("client-2", UNKNOWN, 5_000, 16_500);
        writes("client-2", OK, 16_500, 20_000);

        Fault fault = figures.fault("cut", 5_000, 15_000, 20_000, List.of());

        assertThat(fault.resumedMillis()).isEqualTo(3_000);
        assertThat(fault.recoveredMillis()).isEqualTo(1_500);
    }

    @Test
    void what_never_ceased_resumed_at_once_and_what_never_came_back_did_not_recover() {
        writes("client-1", OK, 0, 10_000);
        writes("client-2", OK, 0, 5_000);
        writes("client-2", TURNED_AWAY, 5_000, 10_000);

        Fault fault = figures.fault("cut", 5_000, 8_000, 10_000, List.of());

        assertThat(fault.resumedMillis()).isZero();
        assertThat(fault.recoveredMillis()).isNull();
    }

    @Test
    void service_that_came_back_only_after_the_mending_did_not_resume() {
        writes("client-1", OK, 0, 5_000);
        writes("client-1", TURNED_AWAY, 5_000, 9_000);
        writes("client-1", OK, 9_000, 12_000);

        Fault fault = figures.fault("all isolated", 5_000, 8_000, 12_000, List.of());

        assertThat(fault.resumedMillis()).isNull();
        assertThat(fault.recoveredMillis()).isEqualTo(1_000);
    }

    @Test
    void a_node_that_is_on_no_side_is_an_error_and_so_is_one_on_two() {
        assertThatThrownBy(() -> call("client-9", true, OK, 0, 1)).hasMessageContaining("client-9 is on no side");
        SequencedMap<String, List<String>> twice = new LinkedHashMap<>();
        twice.put("a", List.of("client-1"));
        twice.put("b", List.of("client-1"));
        assertThatThrownBy(() -> new Figures(twice, 0)).hasMessageContaining("client-1 is on two sides");
    }
}
