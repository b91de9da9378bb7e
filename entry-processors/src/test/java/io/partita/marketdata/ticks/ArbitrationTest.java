package io.partita.marketdata.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.ticks.Tick.Taker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArbitrationTest {

    private static Tick tick(String line, long sequence, long time, long received) {
        return new Tick.Trade(7, line, sequence, time, received, 100, 1, Taker.BUYER);
    }

    @Test
    void of_two_lines_that_each_lose_some_every_number_comes_once_and_in_order() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<Tick> arrivals = new ArrayList<>();
            List<Long> sent = new ArrayList<>();
            for (long number = 1; number <= 2_000; number++) {
                boolean lost = random.nextInt(10) == 0;
                if (!lost || random.nextInt(20) > 0) {
                    sent.add(number);
                }
                if (!lost) {
                    arrivals.add(tick("A", number, 10 * number, 10 * number + random.nextInt(40)));
                }
                if (sent.getLast() == number && (lost || random.nextInt(10) > 0)) {
                    arrivals.add(tick("B", number, 10 * number, 10 * number + 30 + random.nextInt(60)));
                }
            }
            arrivals.sort(Comparator.comparingLong(Tick::received));
            LineArbiter arbiter = new LineArbiter(200, 64);
            List<Tick> out = new ArrayList<>();
            for (Tick tick : arrivals) {
                arbiter.expire(tick.received(), out::add);
                arbiter.add(tick, out::add);
                if (random.nextInt(300) == 0) {
                    arbiter = copy(arbiter);
                }
            }
            arbiter.expire(Long.MAX_VALUE, out::add);
            long first = out.getFirst().sequence();
            assertThat(out).extracting(Tick::sequence).isEqualTo(sent.stream().filter(number -> number >= first).toList());
            assertThat(arbiter.lost() + out.size()).isEqualTo(out.getLast().sequence() - first + 1);
            assertThat(arbiter.repeated() + out.size()).isEqualTo(arrivals.size());
        }
    }

    private static LineArbiter copy(LineArbiter arbiter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        arbiter.write(new DataOutputStream(bytes));
        LineArbiter copy = new LineArbiter(200, 64);
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }

    @Test
    void what_waits_is_bounded_and_a_publisher_that_begins_anew_is_followed() {
        LineArbiter arbiter = new LineArbiter(1_000, 8);
        List<Tick> out = new ArrayList<>();
        arbiter.add(tick("A", 100, 1, 1), out::add);
        for (long number = 102; number < 120; number++) {
            arbiter.add(tick("A", number, number, number), out::add);
            assertThat(arbiter.waiting()).isLessThanOrEqualTo(8);
        }
        assertThat(out).extracting(Tick::sequence).containsExactlyElementsOf(LongStream.concat(LongStream.of(100), LongStream.range(102, 120)).boxed().toList());
        assertThat(arbiter.lost()).isEqualTo(1);
        arbiter.add(tick("B", 1, 500, 500), out::add);
        arbiter.add(tick("A", 1, 500, 501), out::add);
        arbiter.add(tick("A", 2, 501, 502), out::add);
        assertThat(out.subList(19, out.size())).extracting(Tick::sequence).containsExactly(1L, 2L);
        arbiter.add(tick("A", Long.MAX_VALUE - 5, 502, 503), out::add);
        arbiter.expire(5_000, out::add);
        arbiter.add(tick("A", 3, 5_001, 5_001), out::add);
        assertThat(out.getLast().sequence()).isEqualTo(3);
    }

    @Test
    void a_source_that_falls_silent_or_bad_is_left_at_once_and_returned_to_when_it_has_been_well_for_a_while() {
        SourceElection election = new SourceElection(List.of("first", "second"), 100, 50, 1_000);
        assertThat(election.current(0)).isEmpty();
        election.heard("nobody", 0, 100);
        election.heard("second", 0, 100);
        assertThat(election.current(0)).contains("second");
        long now = 0;
        for (; now < 1_000; now += 50) {
            election.heard("first", now, 100);
            election.heard("second", now, 100);
            assertThat(election.current(now)).contains("second");
        }
        election.heard("first", now, 100);
        election.heard("second", now, 100);
        assertThat(election.current(now)).contains("first");
        election.heard("first", now, 49);
        assertThat(election.current(now)).contains("second");
        assertThat(election.current(now + 101)).isEmpty();
        election.heard("first", now + 200, 100);
        assertThat(election.current(now + 200)).contains("first");
        assertThat(election.well(now + 200)).containsExactly("first");
    }
}
