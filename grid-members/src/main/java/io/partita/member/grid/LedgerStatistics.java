package io.partita.member.grid;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the ledger's engine on this member tells about itself. Thread-safe and cheap to ask. */
public interface LedgerStatistics {

    Snapshot snapshot();

    /** The shards of this member, as it last looked at them; a second or so ago. */
    List<Shard> shards();

    /**
     * A shard, where its owner has it.
     *
     * @param epoch        under which its owner has it; 0 if there is no state
     * @param journalEpoch under which the journal takes what it commits; -1 if the database did not tell lately
     * @param serving      whether it takes transfers
     * @param gap          whether it waits for a sequence that it was not told
     * @param sequence     the last that it was told
     * @param movedAt      when that was seen to move; null if not since this member has it
     */
    record Shard(int number, int epoch, int journalEpoch, boolean serving, boolean gap, int accounts, long sequence, Instant movedAt) {
    }

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
     * @param since      when it became the view; null if nobody can tell
     * @param leaseUntil until when it is valid; null if there is none
     * @param serving    whether this member belongs to it
     */
    record View(long term, List<String> members, Instant since, Instant leaseUntil, boolean serving) {
    }
}
