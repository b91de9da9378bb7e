package io.partita.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a member says about the grid and its ledger; the answer of {@code GET /api/v1/grid}.
 *
 * @param apart addresses of members that can be reached and yet stay out of the cluster
 */
public record GridStatus(String cluster, String version, Instant startedAt, View view, List<Member> members,
                         List<String> apart, Partitions partitions, Shards shards, Ledger ledger) {

    public GridStatus {
        members = members == null ? List.of() : List.copyOf(members);
        apart = apart == null ? List.of() : List.copyOf(apart);
    }

    /** Which members may change the ledger, and until when they may without asking again. */
    public record View(long term, List<String> members, Instant leaseUntil, boolean serving) {
    }

    /** One member of the cluster. */
    public record Member(String id, String address, boolean local, int ownedPartitions, int ownedShards, long heapUsed,
                         long heapMax, long uptimeSeconds) {
    }

    /** Partitions of the grid. */
    public record Partitions(int count, int migrating) {
    }

    /** Shards of the ledger. */
    public record Shards(int serving, int total) {
    }

    /** The ledger's figures of the last seconds, and its totals. */
    public record Ledger(long size, long accounts, double transfersPerSecond, double commitsPerSecond, double batchSizeMean,
                         double commitMillisP50, double commitMillisP99, long acceptedTotal,
                         Map<String, Long> refusedByCode, long queued, boolean storeAvailable) {

        public Ledger {
            refusedByCode = refusedByCode == null ? Map.of() : Map.copyOf(refusedByCode);
        }

        public long refusedTotal() {
            return refusedByCode.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Members that may change the ledger now. */
    public long servingMembers() {
        return view == null || !view.serving() ? 0 : Math.min(members.size(), view.members().size());
    }
}
