package io.partita.pipelines.marketdata.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollCallTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    /** Three instruments that are known, at a minute that was told. */
    private static RollCall begun() {
        RollCall call = new RollCall(5 * SECOND);
        for (long instrument = 1; instrument <= 3; instrument++) {
            call.heard(instrument, MINUTE, 0);
        }
        assertThat(call.over(SECOND)).as("who there is must be learned first").isEmpty();
        assertThat(call.over(2 * SECOND)).containsExactly(new RollCall.Over(MINUTE, Set.of(1L, 2L, 3L)));
        return call;
    }

    @Test
    void a_time_is_over_as_soon_as_everybody_has_told_a_bar_of_it() {
        RollCall call = begun();
        call.heard(1, 2 * MINUTE, 0);
        call.heard(3, 2 * MINUTE, 0);
        assertThat(call.over(3 * SECOND)).isEmpty();
        call.heard(2, 2 * MINUTE, 0);
        assertThat(call.over(3 * SECOND)).containsExactly(new RollCall.Over(2 * MINUTE, Set.of(1L, 2L, 3L)));
        call.heard(2, 2 * MINUTE, 0);
        assertThat(call.over(MINUTE)).as("a correction").isEmpty();
    }

    @Test
    void who_is_missing_is_waited_for_as_long_as_was_said_and_after_ten_times_no_more() {
        RollCall call = begun();
        for (int minute = 2; minute <= 11; minute++) {
            long now = minute * MINUTE;
            call.heard(1, now, now);
            call.heard(2, now, now);
            assertThat(call.over(now + 5 * SECOND - 1)).isEmpty();
            assertThat(call.over(now + 5 * SECOND)).containsExactly(new RollCall.Over(now, Set.of(1L, 2L)));
        }
        call.heard(1, 12 * MINUTE, 0);
        call.heard(2, 12 * MINUTE, 0);
        assertThat(call.over(0)).hasSize(1);
        call.heard(3, 12 * MINUTE, 0);
        call.heard(1, 12 * MINUTE, 0);
        assertThat(call.over(0)).as("who comes after it is passed by").isEmpty();
    }

    @Test
    void however_far_apart_instruments_are_each_time_is_told_once_with_all_of_its_bars() throws Exception {
        Random random = new Random(3);
        RollCall call = begun();
        List<List<Long>> toTell = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            toTell.add(new ArrayList<>(IntStream.rangeClosed(2, 300).mapToObj(minute -> minute * MINUTE).toList()));
        }
        List<RollCall.Over> told = new ArrayList<>();
        while (toTell.stream().anyMatch(left -> !left.isEmpty())) {
            int chosen = random.nextInt(3);
            for (int burst = random.nextInt(60); burst > 0 && !toTell.get(chosen).isEmpty(); burst--) {
                // Some a little out of order, as after the loss of a member.
                List<Long> left = toTell.get(chosen);
                call.heard(chosen + 1L, left.remove(random.nextInt(Math.min(3, left.size()))), 0);
            }
            told.addAll(call.over(SECOND));
            if (random.nextInt(10) == 0) {
                call = copy(call);
            }
        }
        told.addAll(call.over(SECOND));
        assertThat(told).hasSize(299).allMatch(over -> over.instruments().equals(Set.of(1L, 2L, 3L)));
        assertThat(told.stream().map(RollCall.Over::time).toList()).isSorted();
    }

    @Test
    void so_many_times_wait_and_no_more() {
        RollCall call = begun();
        for (int minute = 2; minute < 2_000; minute++) {
            call.heard(1, minute * MINUTE, 0);
        }
        List<Long> told = call.over(0).stream().map(RollCall.Over::time).toList();
        assertThat(told).hasSizeGreaterThan(990).startsWith(2 * MINUTE).isSorted();
    }

    private static RollCall copy(RollCall call) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(call);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RollCall) in.readObject();
        }
    }
}
