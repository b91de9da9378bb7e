package io.partita.member.grid;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The grid and its ledger at one moment, as one member sees them.
 *
 * @param startedAt when this member started
 * @param apart     addresses of configured members that can be reached and yet stay out of the cluster: somebody has to look
 */
record GridStatus(String cluster, String version, Instant startedAt, View view, List<Member> members, List<String> apart,
                  Partitions partitions, Shards shards, Ledger ledger) {

    /**
     * Which members may change the ledger.
     *
     * @param leaseUntil null if there is no view
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record View(long term, List<String> members, Instant leaseUntil, boolean serving) {
    }

    /** A member. One that was not heard of lately has zeros. */
    record Member(String id, String address, boolean local, int ownedPartitions, int ownedShards, long heapUsed, long heapMax,
                  long uptimeSeconds) {
    }

    /** @param migrating migrations that are planned or under way */
    record Partitions(int count, long migrating) {
    }

    /** The ledger's shards, and how many of them take transfers. */
    record Shards(int serving, int total) {
    }

    /** Rates, totals and what waits are sums over the members; percentiles are those of the slowest. */
    record Ledger(long size, long accounts, double transfersPerSecond, double commitsPerSecond, double batchSizeMean,
                  double commitMillisP50, double commitMillisP99, long acceptedTotal, Map<String, Long> refusedByCode,
                  long queued, boolean storeAvailable) {
    }
}
