package io.partita.console.grid;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** The cluster as the console asks for it. Thread-safe; calls block. */
@Component
class ClusterApi {

    private final MemberApi api;

    ClusterApi(MemberApi api) {
        this.api = api;
    }

    /** The cluster in detail. @param silent addresses of members that told nothing lately */
    record Cluster(String cluster, Instant at, View view, List<Member> members, List<String> silent, Partitions partitions, Store store) {

        int present() {
            return members.size() + silent.size();
        }
    }

    /** Who may write. @param missing ids of members of the view that are not there @param apart addresses that stay out of the cluster */
    record View(long epoch, List<String> members, List<String> missing, Instant since, Instant leaseUntil, boolean serving, int expectedMembers, int quorum, boolean majority,
                List<String> apart) {
    }

    /** A member, as it told of itself. @param cpu the part of its cores that it uses; negative if nobody can tell, like the load */
    record Member(String id, String address, String version, boolean oldest, boolean inView, Instant startedAt, long uptimeSeconds, Instant heardAt, int processors, double cpu,
                  double load, Memory memory, Share partitions, int shards, int shardsServing, MemberStore store) {
    }

    /** Bytes; and what was done to have them. */
    record Memory(long heapUsed, long heapMax, long nonHeap, long direct, long collections, long collectionMillis) {
    }

    /** The partitions that a member has. */
    record Share(int owned, int backups, long moving, boolean safe) {
    }

    /** The database, as a member has it. */
    record MemberStore(boolean reachable, double commitMillisP50, double commitMillisP99, double commitsPerSecond, long journalRows) {
    }

    /** All partitions. */
    record Partitions(int count, int owned, int copies, long moving, boolean safe) {
    }

    /** The database, as all members have it. */
    record Store(int reachableFrom, int members, double commitMillisP50, double commitMillisP99, double commitsPerSecond, long journalRows) {
    }

    /** A map. @param cost bytes; null if nobody counts them, like hits */
    record MapFigures(String name, String domain, long entries, long backups, int copies, Long cost, Long hits) {
    }

    /** A shard of the ledger. @param journalEpoch null if the database did not tell */
    record Shard(int shard, String owner, State state, int epoch, Integer journalEpoch, int accounts, long sequence, Instant movedAt) {
    }

    /** How a shard is. */
    enum State {
        SERVING("Serving"), GAP("Waits for updates"), FENCED("Fenced"), IDLE("Not served"), UNKNOWN("Not heard of");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Answer<Cluster> cluster() {
        return api.get("/cluster", Cluster.class);
    }

    Answer<List<MapFigures>> maps() {
        return api.get("/cluster/maps", MapFigures[].class).map(Arrays::asList);
    }

    Answer<List<Shard>> shards() {
        return api.get("/cluster/shards", Shard[].class).map(Arrays::asList);
    }
}
