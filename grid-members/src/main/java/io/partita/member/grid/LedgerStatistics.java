package io.partita.member.grid;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the ledger's engine on this member tells about itself. Thread-safe and cheap to ask. */
public interface LedgerStatistics {

    Snapshot snapshot();

    /**
     * One moment.
     *
     * @param view               which members may change the ledger
     * @param ownedShards        shards of each member, by its id
     * @param shardsServing      shards of this member that take transfers
     * @param shardsTotal        all shards
     * @param size               entries in the journal
     * @param accounts           accounts opened
     * @param transfersPerSecond booked by this member, over the last seconds
     * @param commitsPerSecond   likewise
     * @param batchSizeMean      entries a commit, over the last seconds
     * @param commitMillisP50    median time of a commit, over the last seconds
     * @param commitMillisP99    99th percentile
     * @param acceptedTotal      booked by this member since it started
     * @param refusedByCode      refused by this member since it started, by code
     * @param queued             commands waiting now
     * @param storeAvailable     whether the database answered last
     */
    record Snapshot(View view, Map<String, Integer> ownedShards, int shardsServing, int shardsTotal, long size, long accounts,
                    double transfersPerSecond, double commitsPerSecond, double batchSizeMean, double commitMillisP50,
                    double commitMillisP99, long acceptedTotal, Map<String, Long> refusedByCode, int queued,
                    boolean storeAvailable) {
    }

    /**
     * The current view.
     *
     * @param members    ids of its members
     * @param leaseUntil until when it is valid; null if there is none
     * @param serving    whether this member belongs to it
     */
    record View(long term, List<String> members, Instant leaseUntil, boolean serving) {
    }
}
