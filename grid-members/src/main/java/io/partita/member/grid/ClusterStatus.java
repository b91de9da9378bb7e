package io.partita.member.grid;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The cluster in detail, as its members have told within the last seconds.
 *
 * @param at      when this member answered
 * @param members the oldest first
 * @param silent  addresses of members that are in the cluster and told nothing lately
 */
record ClusterStatus(String cluster, Instant at, View view, List<Member> members, List<String> silent, Partitions partitions, Store store) {

    /**
     * Who may change the ledger, and whether this side of a split may.
     *
     * @param epoch           raised with every change of the view
     * @param members         addresses of those of its members that are in the cluster
     * @param missing         ids of those that are not
     * @param expectedMembers of the complete cluster
     * @param quorum          the fewest that may write
     * @param majority        whether this side has as many
     * @param apart           addresses of configured members that can be reached and yet stay out of the cluster
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record View(long epoch, List<String> members, List<String> missing, Instant since, Instant leaseUntil, boolean serving, int expectedMembers, int quorum, boolean majority,
                List<String> apart) {
    }

    /**
     * A member.
     *
     * @param oldest  whether it is the one that keeps the view
     * @param inView  whether it may change the ledger
     * @param local   whether it is the one that was asked
     * @param heardAt when it told, by its own clock
     */
    record Member(String id, String address, String version, boolean oldest, boolean inView, boolean local, Instant startedAt, long uptimeSeconds, Instant heardAt, int processors,
                  double cpu, double load, MemberPortrait.Memory memory, MemberPortrait.Partitions partitions, int shards, int shardsServing, MemberPortrait.Store store) {
    }

    /**
     * The grid's partitions.
     *
     * @param owned   those that have an owner
     * @param copies  how many copies of partitions there are beside the owners'
     * @param moving  moves that are planned or under way
     * @param safe    whether every member that told says that all copies are up to date
     */
    record Partitions(int count, int owned, int copies, long moving, boolean safe) {
    }

    /** PostgreSQL as the members have it. @param commitMillisP50 of the slowest member */
    record Store(int reachableFrom, int members, double commitMillisP50, double commitMillisP99, double commitsPerSecond, long journalRows) {
    }

    /**
     * A map over all members.
     *
     * @param domain     whose it is; {@code other} if a client has made it
     * @param backups    copies of entries
     * @param copies     how many of each entry there should be
     * @param cost       bytes of the heap, copies included; absent for maps whose values are objects, which nobody counts
     * @param hits       reads and writes of entries; absent where they are not counted
     */
    record MapFigures(String name, String domain, long entries, long backups, int copies, Long cost, Long hits) {
    }

    /**
     * A shard of the ledger.
     *
     * @param owner        address of the member that has it; absent if nobody told
     * @param epoch        under which it is served
     * @param journalEpoch under which the journal takes commits; absent if the database did not tell
     * @param sequence     the last that it was told
     * @param movedAt      when that was seen to move; absent if not since its owner has it
     */
    record ShardFigures(int shard, String owner, ShardState state, int epoch, Integer journalEpoch, int accounts, long sequence, Instant movedAt) {
    }

    /** How a shard is. */
    enum ShardState {
        /** It takes transfers. */
        SERVING,
        /** It serves, and waits for something that it was not told. */
        GAP,
        /** Its owner has it under an epoch that is over: the journal refuses what it commits. */
        FENCED,
        /** Nobody serves it. */
        IDLE,
        /** Nobody told of it lately. */
        UNKNOWN
    }
}
