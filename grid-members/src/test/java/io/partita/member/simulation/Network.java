package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The network between the places of a schedule: members, and the store behind them. Messages of one connection keep their order,
 * as those of TCP do; what a cut keeps from arriving waits for the cut's end, unless the connection is reset before.
 */
public final class Network {

    private final World world;
    private final int[][] cuts;
    private final int[][] connection;
    private final long[][] last;
    private final List<Held> held = new ArrayList<>();
    private int slowness = 1;

    private record Held(int from, int to, int connection, Runnable deliver) {
    }

    public Network(World world, int places) {
        this.world = world;
        cuts = new int[places][places];
        connection = new int[places][places];
        last = new long[places][places];
    }

    /** True if messages pass in this direction. */
    public boolean open(int from, int to) {
        return cuts[from][to] == 0;
    }

    /** True if messages pass in both directions. */
    public boolean linked(int one, int other) {
        return open(one, other) && open(other, one);
    }

    /** Lets nothing through in one direction any more. Several cuts of one direction end when the last of them does. */
    public void cut(int from, int to) {
        if (from != to) {
            cuts[from][to]++;
        }
    }

    /** Ends a cut; what has waited arrives. */
    public void restore(int from, int to) {
        if (from == to || --cuts[from][to] > 0) {
            return;
        }
        List<Held> due = held.stream().filter(message -> message.from == from && message.to == to).toList();
        held.removeAll(due);
        due.forEach(this::carry);
    }

    private void deliver(Held message) {
        if (connection[message.from][message.to] != message.connection) {
            return;
        }
        if (open(message.from, message.to)) {
            message.deliver.run();
        } else {
            held.add(message);
        }
    }

    /** How many times slower than usual all connections are. */
    public void slow(int factor) {
        slowness = factor;
    }

    /** Closes the connection of two places: what is under way is lost. */
    public void reset(int one, int other) {
        connection[one][other]++;
        connection[other][one]++;
        held.removeIf(message -> connection[message.from][message.to] != message.connection);
    }

    /** Sends a message to a host; it may come late or never. */
    public void send(int from, Host to, Runnable action) {
        Held message = new Held(from, to.node, connection[from][to.node], () -> to.run(action));
        if (!open(from, to.node)) {
            held.add(message);
            return;
        }
        carry(message);
    }

    private void carry(Held message) {
        long usual = message.from == message.to ? 2 * World.MICROS : delay();
        long at = Math.max(world.now() + usual, last[message.from][message.to] + 1);
        last[message.from][message.to] = at;
        world.after(at - world.now(), () -> deliver(message));
    }

    private long delay() {
        long usual = world.between(50 * World.MICROS, 400 * World.MICROS);
        if (world.chance(0.05)) {
            usual = world.between(World.MILLIS, 30 * World.MILLIS);
        } else if (world.chance(0.002)) {
            usual = world.between(100 * World.MILLIS, 1_500 * World.MILLIS);
        }
        return usual * slowness;
    }
}
