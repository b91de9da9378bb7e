package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Refusal;
import io.partita.testing.Shortening;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of four shards against their naive twins. Replay one with {@code -Dpartita.seed=N}; a failure prints its
 * seed and the shortest history that was found to fail.
 */
class ShardPropertyTest {

    private static final int STEPS = 250;
    private static final int KNOWN_SEEDS = 160;
    private static final int FRESH_SEEDS = 40;
    /** Replays spent on making a failing history shorter. */
    private static final int REPLAYS = 2_000;

    private final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);

    @Test
    void shards_equal_their_naive_twins_through_any_history() {
        Long asked = Long.getLong("partita.seed");
        if (asked != null) {
            run(asked);
            return;
        }
        int committed = 0;
        for (long seed = 1; seed <= KNOWN_SEEDS; seed++) {
            committed += run(seed);
        }
        for (int i = 0; i < FRESH_SEEDS; i++) {
            committed += run(ThreadLocalRandom.current().nextLong(1L << 48));
        }
        // Histories that never get anywhere prove nothing.
        assertThat(committed).isGreaterThan((KNOWN_SEEDS + FRESH_SEEDS) * 10);
        assertThat(refused.keySet()).contains(Refusal.ACCOUNT_NOT_FOUND, Refusal.ACCOUNT_EXISTS, Refusal.CURRENCY_MISMATCH,
                Refusal.ACCOUNT_FROZEN, Refusal.ACCOUNT_CLOSED, Refusal.ACCOUNT_NOT_EMPTY, Refusal.INSUFFICIENT_FUNDS,
                Refusal.CREDIT_LIMIT_EXCEEDED, Refusal.LIMIT_BELOW_BALANCE, Refusal.BALANCE_OVERFLOW, Refusal.LINKED_FAILED,
                Refusal.PENDING_NOT_FOUND, Refusal.PENDING_ALREADY_POSTED, Refusal.PENDING_ALREADY_VOIDED,
                Refusal.PENDING_EXPIRED, Refusal.EXCEEDS_PENDING_AMOUNT, Refusal.INVALID_REQUEST, Refusal.ACCOUNT_BUSY);
    }

    private int run(long seed) {
        List<Long> steps = new Random(seed).longs(STEPS).boxed().toList();
        Throwable failure = failure(seed, steps, null);
        if (failure != null) {
            List<Long> shortest = Shortening.of(steps, fewer -> failure(seed, fewer, null) != null, REPLAYS);
            List<String> log = new ArrayList<>();
            Throwable shortFailure = failure(seed, shortest, log);
            throw new AssertionError("seed " + seed + " (replay with -Dpartita.seed=" + seed + "); the shortest history that fails has "
                    + shortest.size() + " steps:\n  " + String.join("\n  ", log), shortFailure);
        }
        return committedByLast;
    }

    private int committedByLast;

    private Throwable failure(long seed, List<Long> steps, List<String> log) {
        try {
            ShardWorld world = new ShardWorld(seed, log, refused);
            for (long step : steps) {
                world.step(step);
            }
            world.settle(seed);
            committedByLast = world.committed();
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }
}
