package io.partita.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PollTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void nobody_is_told_while_nobody_can_tell_and_the_last_answer_is_remembered() {
        Iterator<String> answers = Arrays.asList("first", null, null, "second", null).iterator();
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (Poll<String> poll = new Poll<>("test", Duration.ofMillis(1), Poll.Diligence.WHILE_WATCHED, () -> answers.hasNext() ? answers.next() : null)) {
            assertThat(poll.latest()).isNull();
            poll.listen(told::add);
            await().atMost(PATIENCE).until(() -> told.size() == 2);
            assertThat(told).containsExactly("first", "second");
            assertThat(poll.latest()).isEqualTo("second");
        }
    }

    @Test
    void a_listener_that_fails_does_not_keep_the_others_from_being_told() {
        Queue<Integer> told = new ConcurrentLinkedQueue<>();
        try (Poll<Integer> poll = new Poll<>("test", Duration.ofMillis(1), Poll.Diligence.ALWAYS, () -> 7)) {
            poll.listen(_ -> {
                throw new IllegalStateException("gone");
            });
            poll.listen(told::add);
            await().atMost(PATIENCE).until(() -> told.size() > 1);
            assertThat(List.copyOf(told)).containsOnly(7);
        }
    }
}
