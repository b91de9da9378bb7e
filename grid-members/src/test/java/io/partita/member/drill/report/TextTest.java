package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Finding.Count;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void counts_read_like_sentences() {
        assertThat(Text.counted(new Count("accounts", 1_216))).isEqualTo("1,216 accounts");
        assertThat(Text.counted(new Count("faults", 1))).isEqualTo("1 fault");
        assertThat(Text.counted(new Count("currencies", 1))).isEqualTo("1 currency");
        assertThat(Text.counted(new Count("batches of a shard", 1))).isEqualTo("1 batch of a shard");
        assertThat(Text.counted(new Count("acknowledged", 1))).isEqualTo("1 acknowledged");
        assertThat(Text.counted(new Count("milliseconds, the longest", 6_487))).isEqualTo("6.5 s, the longest");
    }

    @Test
    void spans_are_as_precise_as_they_are_short() {
        assertThat(Text.span(0)).isEqualTo("0 ms");
        assertThat(Text.span(999)).isEqualTo("999 ms");
        assertThat(Text.span(1_000)).isEqualTo("1.0 s");
        assertThat(Text.span(60_000)).isEqualTo("1 min");
        assertThat(Text.span(185_000)).isEqualTo("3 min 5 s");
    }

    @Test
    void latencies_keep_two_or_three_digits() {
        assertThat(Text.latency(0)).isEqualTo("–");
        assertThat(Text.latency(420)).isEqualTo("0.42 ms");
        assertThat(Text.latency(7_310)).isEqualTo("7.3 ms");
        assertThat(Text.latency(671_400)).isEqualTo("671 ms");
        assertThat(Text.latency(5_840_000)).isEqualTo("5.8 s");
    }

    @Test
    void moments_of_the_run_are_minutes_and_seconds() {
        assertThat(Text.clock(7_440)).isEqualTo("0:07.4");
        assertThat(Text.clock(75_000)).isEqualTo("1:15.0");
        assertThat(Text.clock(59_990)).isEqualTo("1:00.0");
    }
}
