package io.partita.member.ledger;

import java.time.Duration;

/**
 * How the ledger of a member works.
 *
 * @param lanes              batches in flight at once; each takes one database connection while it commits
 * @param maxBatch           most transfers in one commit
 * @param maxQueued          most transfers that wait; beyond it callers are refused with {@code OVERLOADED}
 * @param deadline           how long a call may take before it is answered with a retryable refusal
 * @param lease              how long the view stays valid without renewal; what a split costs when no side has a majority
 * @param checkpointInterval journal entries after which a shard's state is written down again; bounds what a re-base reads
 * @param projectionPause    least pause between two updates of the {@code balances} map
 */
public record LedgerSettings(int lanes, int maxBatch, int maxQueued, Duration deadline, Duration lease,
                             long checkpointInterval, Duration projectionPause) {

    public static LedgerSettings defaults() {
        return new LedgerSettings(3, 8192, 200_000, Duration.ofSeconds(10), Duration.ofSeconds(5), 1_000_000,
                Duration.ofMillis(200));
    }
}
