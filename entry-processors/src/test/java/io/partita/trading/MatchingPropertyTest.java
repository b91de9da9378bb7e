package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.testing.Shortening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Random order flows through a book and its naive twin. Replay one with {@code -Dpartita.seed=N}, run more with
 * {@code -Dpartita.flows=N}; a failure prints its seed and the shortest flow that was found to fail.
 */
class MatchingPropertyTest {

    private static final int STEPS = 300;
    private static final int KNOWN_SEEDS = 80;
    private static final int FRESH_SEEDS = 20;
    /** Replays spent on making a failing flow shorter. */
    private static final int REPLAYS = 3_000;

    private final Map<Object, Integer> seen = new HashMap<>();
    private int trades;
    private int tradesInTheDark;

    @Test
    void a_book_does_what_its_naive_twin_does_through_any_flow() {
        Long asked = Long.getLong("partita.seed");
        if (asked != null) {
            run(asked);
            return;
        }
        int flows = Integer.getInteger("partita.flows", KNOWN_SEEDS);
        for (long seed = 1; seed <= flows; seed++) {
            run(seed);
        }
        for (int i = 0; i < FRESH_SEEDS; i++) {
            run(ThreadLocalRandom.current().nextLong(1L << 48));
        }
        // Flows that never get anywhere prove nothing.
        assertThat(trades).isGreaterThan((flows + FRESH_SEEDS) * 10);
        assertThat(tradesInTheDark).isGreaterThan(flows + FRESH_SEEDS);
        List<Object> never = new ArrayList<>(List.of(ExecType.values()));
        never.addAll(List.of(Reason.values()));
        never.removeAll(seen.keySet());
        never.removeAll(List.of(Reason.NONE, Reason.INVALID_REQUEST, Reason.INVALID_ACCOUNT, Reason.BOOK_FULL, ExecType.CANCELED,
                ExecType.EXPIRED, ExecType.REJECTED));
        assertThat(never).as("reports that no flow led to").isEmpty();
    }

    private void run(long seed) {
        List<Long> steps = new Random(seed).longs(STEPS).boxed().toList();
        if (failure(seed, steps, null) == null) {
            return;
        }
        List<Long> shortest = Shortening.of(steps, fewer -> failure(seed, fewer, null) != null, REPLAYS);
        List<String> log = new ArrayList<>();
        Throwable failure = failure(seed, shortest, log);
        throw new AssertionError("seed " + seed + " (replay with -Dpartita.seed=" + seed + ") by " + OrderFlow.instrument(seed)
                + "; the shortest flow that fails has " + shortest.size() + " commands:\n  " + String.join("\n  ", log), failure);
    }

    private Throwable failure(long seed, List<Long> steps, List<String> log) {
        try {
            TwinBooks books = new TwinBooks(seed, log, seen);
            for (long step : steps) {
                books.step(step);
            }
            books.finish();
            trades += books.trades;
            tradesInTheDark += OrderFlow.instrument(seed).dark() ? books.trades : 0;
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }
}
