package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:34:56Z");

    @Test
    void a_moment_of_today_is_a_time_and_one_of_another_day_is_that_day() {
        assertThat(Times.brief(Instant.parse("2026-11-21T00:00:00Z"), NOON)).isEqualTo("00:00:00");
        assertThat(Times.brief(Instant.parse("2026-11-20T23:59:59Z"), NOON)).isEqualTo("2026-11-20");
        assertThat(Times.brief(Instant.parse("2026-11-22T00:00:00Z"), NOON)).isEqualTo("2026-11-22");
        assertThat(Times.brief(null, NOON)).isEmpty();
    }

    @Test
    void a_span_has_its_two_largest_units() {
        assertThat(Times.span(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Times.span(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
        assertThat(Times.span(Duration.ofHours(76))).isEqualTo("3 d 4 h");
        assertThat(Times.span(Duration.ofSeconds(-1))).isEqualTo("0 s");
    }
}
