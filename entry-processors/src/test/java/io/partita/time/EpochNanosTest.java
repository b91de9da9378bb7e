package io.partita.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpochNanosTest {

    @Test
    void a_moment_comes_back_as_it_was_also_before_1970() {
        for (String text : new String[] {"2026-11-22T03:04:05.000000001Z", "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "1700-02-03T04:05:06.7Z"}) {
            Instant moment = Instant.parse(text);
            assertThat(EpochNanos.instant(EpochNanos.of(moment))).isEqualTo(moment);
        }
        assertThat(EpochNanos.of(Instant.parse("1970-01-01T00:00:01.5Z"))).isEqualTo(1_500_000_000L);
    }

    @Test
    void a_moment_that_does_not_fit_is_refused() {
        assertThatThrownBy(() -> EpochNanos.of(Instant.parse("2263-01-01T00:00:00Z"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> EpochNanos.of(Instant.parse("1677-01-01T00:00:00Z"))).isInstanceOf(ArithmeticException.class);
    }
}
