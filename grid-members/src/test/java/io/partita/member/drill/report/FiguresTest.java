package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Second;
import io.partita.member.drill.report.DrillReport.Side;
import io.partita.member.drill.report.Observation.End;
import io.partita.member.drill.report.Observation.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    /** An arbitrary beginning: nanoTime may be anything, also negative. */
    private static final long START = -5_000_000_000L;

    private final Figures figures = new Figures(sides(), START);

    private static SequencedMap<String, List<String>> sides() {
        SequencedMap<String, List<String>> sides = new LinkedHashMap<>();
        sides.put("majority", List.of("member-1", "client-1"));
        sides.put("minority", List.of("member-2", "client-2"));
        return sides;
    }

    private void call(String node, Kind kind, End end, long atMillis, long tookMicros) {
        long at = START + atMillis * 1_000_000;
        figures.add(new Observation(node, kind, end, end == End.TURNED_AWAY ? "NOT_IN_VIEW" : "", at, at + tookMicros * 1_000));
    }

    /** A write each 100 ms. */
    private void writes(String node, End end, long fromMillis, long toMillis) {
        for (long at = fromMillis; at < toMillis; at += 100) {
            call(node, Kind.WRITE, end, at, 1_000);
        }
    }

    private Side side(String name, long duration) {
        return figures.sides(duration).stream().filter(side -> side.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void each_end_of_a_call_is_counted_on_its_side_in_the_second_in_which_it_ended() {
        call("client-1", Kind.WRITE, End.OK, 100, 1_000);
        call("client-1", Kind.WRITE, End.REFUSED, 200, 1_000);
        call("client-1", Kind.WRITE, End.UNKNOWN, 950, 100_000);
        call("client-1", Kind.READ, End.STALE, 1_100, 1_000);
        call("client-2", Kind.WRITE, End.TURNED_AWAY, 300, 1_000);

        assertThat(side("majority", 3_000).seconds()).extracting(Second::answers).containsExactly(
                new DrillReport.Answers(1, 1, 0, 0, 0, 0, 0), new DrillReport.Answers(0, 0, 0, 1, 1, 1, 0), DrillReport.Answers.NONE);
        assertThat(side("minority", 3_000).answers()).isEqualTo(new DrillReport.Answers(0, 0, 1, 0, 0, 0, 0));
        assertThat(side("minority", 3_000).codes()).containsExactly(java.util.Map.entry("NOT_IN_VIEW", 1L));
    }

    @Test
    void latencies_are_exact_and_of_acknowledged_writes_only() {
        IntStream.rangeClosed(1, 100).forEach(i -> call("client-1", Kind.WRITE, End.OK, i, i * 10));
        call("client-1", Kind.WRITE, End.UNKNOWN, 50, 9_000_000);
        call("client-1", Kind.READ, End.OK, 50, 9_000_000);

        Side side = side("majority", 1_000);
        assertThat(List.of(side.p50Micros(), side.p99Micros(), side.maxMicros())).containsExactly(500L, 990L, 1_000L);
        assertThat(side("minority", 1_000).p99Micros()).isZero();
    }

    @Test
    void a_gap_is_a_second_without_an_acknowledged_write_while_clients_ask() {
        writes("client-1", End.OK, 0, 2_000);
        writes("client-1", End.TURNED_AWAY, 2_000, 5_500);
        writes("client-1", End.OK, 5_500, 8_000);

        assertThat(side("majority", 8_000).writeGaps()).containsExactly(new Gap(1_900, 5_500, false));
        assertThat(side("majority", 8_000).longestWriteGapMillis()).isEqualTo(3_600);
        assertThat(side("minority", 8_000).writeGaps()).as("nobody asked").isEmpty();
    }

    @Test
    void a_gap_that_outlasts_the_load_is_open() {
        writes("client-1", End.OK, 0, 1_000);
        writes("client-1", End.TURNED_AWAY, 1_000, 4_000);

        assertThat(side("majority", 4_000).writeGaps()).singleElement().satisfies(gap -> {
            assertThat(gap.open()).isTrue();
            assertThat(gap.toMillis()).isBetween(3_900L, 4_000L);
        });
    }

    @Test
    void a_fault_is_detected_by_the_first_write_that_is_turned_away_or_by_what_a_member_says() {
        writes("client-1", End.OK, 0, 10_000);
        writes("client-2", End.TURNED_AWAY, 7_000, 10_000);
        Event told = new Event(6_500, Event.Kind.NOTICED, "member-1", "member-2 left");

        assertThat(figures.fault("cut", 5_000, 9_000, 10_000, List.of()).detectedMillis()).isEqualTo(2_000);
        assertThat(figures.fault("cut", 5_000, 9_000, 10_000, List.of(told)).detectedMillis()).isEqualTo(1_500);
        assertThat(figures.fault("cut", 1_000, 3_000, 5_000, List.of()).detectedMillis()).isNull();
    }

    @Test
    void the_best_side_says_when_service_resumed_and_the_worst_when_it_recovered() {
        writes("client-1", End.OK, 0, 5_000);
        writes("client-1", End.OK, 8_000, 20_000);
        writes("client-2", End.OK, 0, 5_000);
        writes("client-2", End.OK, 16_500, 20_000);

        Fault fault = figures.fault("cut", 5_000, 15_000, 20_000, List.of());

        assertThat(fault.resumedMillis()).isEqualTo(3_000);
        assertThat(fault.recoveredMillis()).isEqualTo(1_500);
    }

    @Test
    void what_never_ceased_resumed_at_once_and_what_never_came_back_did_not_recover() {
        writes("client-1", End.OK, 0, 10_000);
        writes("client-2", End.OK, 0, 5_000);
        writes("client-2", End.TURNED_AWAY, 5_000, 10_000);

        Fault fault = figures.fault("cut", 5_000, 8_000, 10_000, List.of());

        assertThat(fault.resumedMillis()).isZero();
        assertThat(fault.recoveredMillis()).isNull();
    }

    @Test
    void service_that_came_back_only_after_the_mending_did_not_resume() {
        writes("client-1", End.OK, 0, 5_000);
        writes("client-1", End.OK, 9_000, 12_000);

        Fault fault = figures.fault("all isolated", 5_000, 8_000, 12_000, List.of());

        assertThat(fault.resumedMillis()).isNull();
        assertThat(fault.recoveredMillis()).isEqualTo(1_000);
    }

    @Test
    void a_node_that_is_on_no_side_is_an_error_and_so_is_one_on_two() {
        assertThatThrownBy(() -> call("client-9", Kind.WRITE, End.OK, 0, 1)).hasMessageContaining("client-9 is on no side");
        SequencedMap<String, List<String>> twice = new LinkedHashMap<>();
        twice.put("a", List.of("client-1"));
        twice.put("b", List.of("client-1"));
        assertThatThrownBy(() -> new Figures(twice, 0)).hasMessageContaining("client-1 is on two sides");
    }
}
