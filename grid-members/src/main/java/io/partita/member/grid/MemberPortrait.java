package io.partita.member.grid;

import java.time.Instant;
import java.util.List;

/**
 * What each member tells the others about itself in detail, every few seconds. Travels as JSON, like {@link MemberPulse}.
 *
 * @param id         the member's id in the cluster
 * @param at         when it looked, by its own clock
 * @param processors cores that it may use
 * @param cpu        the part of them that this process uses, 0 to 1; negative if the system does not tell
 * @param load       processes of its machine that run or wait to, over the last minute; negative if the system does not tell
 * @param shards     those of the ledger that it owns
 */
record MemberPortrait(String id, String address, String version, Instant at, Instant startedAt, int processors, double cpu, double load, Memory memory, Partitions partitions,
                      Store store, List<MapShare> maps, List<LedgerStatistics.Shard> shards) {

    /**
     * Bytes, and what was done to have them.
     *
     * @param nonHeap           classes, compiled code and what else the JVM keeps outside of its heap
     * @param direct            buffers outside of the heap, for the network and for files
     * @param collections       of garbage since it started
     * @param collectionMillis  how long they took, all together
     */
    record Memory(long heapUsed, long heapMax, long nonHeap, long direct, long collections, long collectionMillis) {
    }

    /**
     * The partitions of the grid as this member has them.
     *
     * @param backups copies of partitions of others
     * @param moving  moves that it knows to be planned or under way
     * @param safe    whether all copies of what it owns are where they belong, and up to date
     */
    record Partitions(int owned, int backups, long moving, boolean safe) {
    }

    /** PostgreSQL as this member has it. @param commitMillisP50 over the last seconds; 0 if nothing was committed */
    record Store(boolean reachable, double commitMillisP50, double commitMillisP99, double commitsPerSecond, long journalRows) {
    }

    /**
     * What it holds of a map.
     *
     * @param cost bytes of the heap, copies for others included; -1 for maps whose values are objects, which nobody counts
     * @param hits reads and writes of entries since they are there; -1 where they are not counted
     */
    record MapShare(String name, long entries, long backups, int copies, long cost, long hits) {
    }
}
