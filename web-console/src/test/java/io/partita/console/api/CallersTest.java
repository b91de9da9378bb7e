package io.partita.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallersTest {

    @Test
    void several_questions_are_asked_at_a_time_in_the_same_name_and_answered_in_their_order() {
        CyclicBarrier all = new CyclicBarrier(3);
        List<Supplier<String>> questions = IntStream.range(0, 3).<Supplier<String>>mapToObj(number -> () -> {
            try {
                all.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                throw new IllegalStateException(alone);
            }
            return number + " " + (Callers.current() == Caller.CONSOLE);
        }).toList();
        assertThat(Callers.as(Caller.CONSOLE, () -> Callers.together(questions))).containsExactly("0 true", "1 true", "2 true");
    }
}
