package io.partita.member.simulation;

import io.partita.member.simulation.Table.Seat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Hazelcast members of a schedule, by place, and what they agree on. Models what the ledger relies on and what it must survive:
 * member lists and partition tables that arrive late, failure detection by silence, promotion of backups, migration, splits, merges
 * that discard the smaller side, calls that are sent again, and backups that miss something.
 */
public final class Grid {

    static final long HEARTBEAT_TIMEOUT = 5 * World.SECONDS;
    static final long RECENTLY = 3 * World.SECONDS;

    final World world;
    final Network network;
    final int[] shards;
    final int expected;
    final Sabotage sabotage;
    private final GridNode[] nodes;
    private long versions;

    public Grid(World world, Network network, int[] shards, int places, Sabotage sabotage) {
        this.world = world;
        this.network = network;
        this.shards = shards.clone();
        this.expected = places;
        this.sabotage = sabotage;
        this.nodes = new GridNode[places];
    }

    /** The member that is at a place now, or was there last. */
    public GridNode at(int place) {
        return nodes[place];
    }

    /** Puts a member at a place; it joins whom it finds. */
    public GridNode place(Host host) {
        GridNode node = new GridNode(this, host);
        nodes[host.node] = node;
        node.start();
        return node;
    }

    /** Makes one cluster of all members, as it is after a quiet start. */
    public void form() {
        List<Seat> seats = Arrays.stream(nodes).map(node -> new Seat(node.host.node, node.self())).toList();
        int[] none = new int[shards.length];
        Arrays.fill(none, -1);
        Table table = new Table(nextVersion(), seats, none, none).with(nextVersion(), seats);
        for (GridNode node : nodes) {
            node.adopt(table);
        }
    }

    long nextVersion() {
        return ++versions;
    }

    int index(int shard) {
        for (int i = 0; i < shards.length; i++) {
            if (shards[i] == shard) {
                return i;
            }
        }
        throw new IllegalArgumentException("Shard " + shard + " has no part in this schedule");
    }

    /** Members of other clusters that one member can talk to. */
    List<GridNode> strangers(GridNode to) {
        List<GridNode> found = new ArrayList<>();
        for (GridNode node : nodes) {
            if (node != to && node.host.running() && node.table() != null && network.linked(node.host.node, to.host.node)
                    && (to.table() == null || !to.table().has(node.host.node, node.self()))) {
                found.add(node);
            }
        }
        return found;
    }

    /** True if all running members are in one cluster and know the same of it, and nothing moves. */
    public boolean whole() {
        Table table = nodes[0].table();
        return table != null && table.members().size() == nodes.length
                && Arrays.stream(nodes).allMatch(node -> node.table() != null && node.table().version() == table.version());
    }
}
