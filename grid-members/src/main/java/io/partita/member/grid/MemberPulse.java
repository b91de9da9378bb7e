package io.partita.member.grid;

import java.util.Map;

/**
 * What each member tells the others about itself, once a second. Travels as JSON, so that any client can read it and a
 * newer member can add to it.
 *
 * @param id         the member's id in the cluster
 * @param address    its grid address
 * @param startedAt  milliseconds since the epoch
 * @param heapUsed   bytes
 * @param heapMax    bytes
 * @param partitions partitions that it owns
 * @param ledger     its share of the ledger's work; null if it told nothing lately
 */
record MemberPulse(String id, String address, long startedAt, long heapUsed, long heapMax, int partitions, Work ledger) {

    /** The figures of {@link LedgerStatistics.Snapshot} that add up over members. */
    record Work(double transfersPerSecond, double commitsPerSecond, double batchSizeMean, double commitMillisP50,
                double commitMillisP99, long acceptedTotal, Map<String, Long> refusedByCode, int queued,
                int shardsServing) {

        static Work of(LedgerStatistics.Snapshot now) {
            return new Work(now.transfersPerSecond(), now.commitsPerSecond(), now.batchSizeMean(), now.commitMillisP50(),
                    now.commitMillisP99(), now.acceptedTotal(), now.refusedByCode(), now.queued(),
                    now.shardsServing());
        }
    }
}
