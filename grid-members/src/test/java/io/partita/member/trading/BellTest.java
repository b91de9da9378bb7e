package io.partita.member.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BellTest {

    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    @Test
    void a_ring_before_the_wait_is_heard_once() {
        Bell bell = new Bell();
        bell.ring();
        bell.ring();
        assertThat(bell.await(LONG)).isTrue();
        assertThat(bell.await(1_000_000)).isFalse();
    }

    @Test
    void whatever_happened_before_a_ring_is_seen_without_waiting_for_the_next() throws Exception {
        Bell bell = new Bell();
        AtomicLong happened = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        AtomicLong missed = new AtomicLong();
        long all = 200_000;
        Thread listener = Thread.ofPlatform().start(() -> {
            while (seen.get() < all) {
                if (!bell.await(LONG)) {
                    missed.incrementAndGet();
                }
                seen.set(happened.get());
            }
        });
        for (long i = 1; i <= all; i++) {
            happened.set(i);
            bell.ring();
            // One who asks for an answer to each would wait for ever if one ring were lost.
            while (i % 100 == 0 && seen.get() < i) {
                Thread.onSpinWait();
            }
        }
        listener.join();
        assertThat(missed.get()).isZero();
        assertThat(seen.get()).isEqualTo(all);
    }

    @Test
    void an_interrupted_thread_does_not_wait() {
        Thread.currentThread().interrupt();
        assertThat(new Bell().await(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
