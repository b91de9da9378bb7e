package io.partita.member.simulation;

import java.util.List;

/**
 * The members of a cluster, the oldest first, and where the shards are: what Hazelcast calls the member list and the partition
 * table. Its master makes a new one for every change and sends it to the others, each of which lives by the one it has.
 *
 * @param version greater than that of any earlier table
 * @param owner   place by shard index
 * @param backup  place by shard index, or -1
 */
record Table(long version, List<Seat> members, int[] owner, int[] backup) {

    /** A member under the id that it has in this cluster. */
    record Seat(int node, String id) {
    }

    Seat master() {
        return members.getFirst();
    }

    Seat seat(int node) {
        for (Seat seat : members) {
            if (seat.node == node) {
                return seat;
            }
        }
        return null;
    }

    boolean has(int node, String id) {
        Seat seat = seat(node);
        return seat != null && seat.id.equals(id);
    }

    /** How many shards a place owns. */
    int owned(int node) {
        return count(owner, node);
    }

    private static int count(int[] places, int node) {
        int count = 0;
        for (int place : places) {
            count += place == node ? 1 : 0;
        }
        return count;
    }

    /** This table with other members: backups of lost owners are promoted, lost backups replaced. */
    Table with(long newVersion, List<Seat> newMembers) {
        Table next = new Table(newVersion, newMembers, owner.clone(), backup.clone());
        for (int shard = 0; shard < owner.length; shard++) {
            if (next.seat(next.backup[shard]) == null) {
                next.backup[shard] = -1;
            }
            if (next.seat(next.owner[shard]) == null) {
                next.owner[shard] = next.backup[shard] >= 0 ? next.backup[shard] : next.emptiest(-1);
                next.backup[shard] = -1;
            }
            if (next.backup[shard] < 0) {
                next.backup[shard] = next.emptiest(next.owner[shard]);
            }
        }
        return next;
    }

    /** This table with a shard's owner moved; the old one becomes the backup. */
    Table moved(long newVersion, int shard, int to) {
        Table next = new Table(newVersion, members, owner.clone(), backup.clone());
        next.backup[shard] = owner[shard];
        next.owner[shard] = to;
        return next;
    }

    /** The place with the fewest shards but for one, or -1. */
    int emptiest(int but) {
        int found = -1;
        for (Seat seat : members) {
            if (seat.node != but && (found < 0 || load(seat.node) < load(found))) {
                found = seat.node;
            }
        }
        return found;
    }

    private int load(int node) {
        return owned(node) * 2 + count(backup, node);
    }
}
