package io.partita.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockOutTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static LockOut failures(int count) {
        LockOut lock = LockOut.NONE;
        for (int i = 0; i < count; i++) {
            lock = lock.failed(NOW);
        }
        return lock;
    }

    @Test
    void the_first_failures_cost_nothing() {
        assertThat(failures(LockOut.FREE).isOpen(NOW)).isTrue();
        assertThat(failures(LockOut.FREE + 1).isOpen(NOW)).isFalse();
    }

    @Test
    void each_further_one_doubles_the_wait_up_to_an_hour() {
        Duration wait = LockOut.FIRST;
        for (int count = LockOut.FREE + 1; count < 100; count++) {
            assertThat(Duration.between(NOW, failures(count).until())).as("%d failures", count).isEqualTo(wait);
            wait = wait.multipliedBy(2).compareTo(LockOut.LONGEST) < 0 ? wait.multipliedBy(2) : LockOut.LONGEST;
        }
        assertThat(new LockOut(Integer.MAX_VALUE, NOW).failed(NOW).failures()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void it_opens_when_the_wait_is_over_and_the_wait_is_told_rounded_up() {
        LockOut lock = failures(LockOut.FREE + 1);
        assertThat(lock.secondsLeft(NOW)).isEqualTo(15);
        assertThat(lock.secondsLeft(NOW.plusMillis(14_001))).isEqualTo(1);
        assertThat(lock.isOpen(lock.until().minusNanos(1))).isFalse();
        assertThat(lock.isOpen(lock.until())).isTrue();
        assertThat(lock.secondsLeft(lock.until())).isZero();
    }
}
