package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** What comes of a wait on a thread of its own. */
    private static <R> CompletableFuture<R> waiting(boolean virtual, CompletableFuture<R> answer, Duration limit) {
        CompletableFuture<R> came = new CompletableFuture<>();
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
            try {
                came.complete(Patience.await(answer, limit));
            } catch (Exception failed) {
                came.completeExceptionally(failed);
            }
        });
        return came;
    }

    private static Throwable failure(CompletableFuture<?> came) {
        return catchThrowable(came::join).getCause();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_comes_as_it_is_and_so_does_a_failure(boolean virtual) {
        CompletableFuture<String> answered = new CompletableFuture<>();
        CompletableFuture<String> failed = new CompletableFuture<>();
        CompletableFuture<String> answer = waiting(virtual, answered, LONG);
        CompletableFuture<String> failure = waiting(virtual, failed, LONG);
        answered.complete("yes");
        failed.completeExceptionally(new IllegalStateException("no"));
        assertThat(answer.join()).isEqualTo("yes");
        assertThat(failure(failure)).isInstanceOf(ExecutionException.class).hasCause(new IllegalStateException("no"));
        assertThat(waiting(virtual, answered, Duration.ZERO).join()).as("what is there needs no time").isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_wait_ends_at_its_limit_and_the_answer_is_left_to_others(boolean virtual) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        long start = System.nanoTime();
        assertThat(failure(waiting(virtual, answer, Duration.ofMillis(200)))).isInstanceOf(TimeoutException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
        assertThat(failure(waiting(virtual, answer, Duration.ZERO))).isInstanceOf(TimeoutException.class);
        assertThat(answer.isDone()).isFalse();
    }

    @Test
    void that_something_else_took_too_long_is_a_failure_and_no_end_of_the_wait() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> came = waiting(true, answer, LONG);
        answer.completeExceptionally(new TimeoutException("of the other side"));
        assertThat(failure(came)).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void who_is_interrupted_waits_no_longer() {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> ended.complete(catchThrowable(() -> Patience.await(new CompletableFuture<>(), LONG))));
        waiting.interrupt();
        assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void thousands_wait_at_once_and_each_has_its_own_limit() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        List<CompletableFuture<Integer>> came = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            answers.add(new CompletableFuture<>());
            came.add(waiting(true, answers.get(i), i % 2 == 0 ? LONG : Duration.ofMillis(100 + i % 7 * 10)));
        }
        for (int i = 1; i < 5_000; i += 2) {
            assertThat(failure(came.get(i))).isInstanceOf(TimeoutException.class);
        }
        for (int i = 0; i < 5_000; i += 2) {
            assertThat(came.get(i)).isNotDone();
            answers.get(i).complete(i);
        }
        for (int i = 0; i < 5_000; i += 2) {
            assertThat(came.get(i).join()).isEqualTo(i);
        }
    }
}
