package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;

/** A process that can be paused and killed: what is to happen in it waits, or never happens. A restart is a new host. */
public final class Host {

    /** Where it stands in the network. */
    public final int node;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean dead;
    private boolean paused;

    public Host(int node) {
        this.node = node;
    }

    public boolean dead() {
        return dead;
    }

    public boolean running() {
        return !dead && !paused;
    }

    public void kill() {
        dead = true;
        waiting.clear();
    }

    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(this::run);
    }

    /** Runs it, unless the host is dead; when the host is resumed, if it is paused. */
    void run(Runnable action) {
        if (dead) {
            return;
        }
        if (paused) {
            waiting.add(action);
        } else {
            action.run();
        }
    }
}
