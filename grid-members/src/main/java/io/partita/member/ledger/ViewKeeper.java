package io.partita.member.ledger;

import io.partita.member.ledger.ViewTable.View;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the view: which members may raise epochs. The oldest member of a cluster renews the lease and proposes the cluster's
 * members as the next view; PostgreSQL accepts it as one compare-and-set if they hold a majority of the present view, or if its
 * lease has run out. A side too small to write, or about to be, asks for nothing. Thread-safe.
 */
final class ViewKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);

    private final Cluster cluster;
    private final ViewTable table;
    private final ReentrantLock ticking = new ReentrantLock();
    private volatile View view = View.NONE;

    ViewKeeper(Cluster cluster, ViewTable table) {
        this.cluster = cluster;
        this.table = table;
    }

    /** This member, under the id that it has in the cluster now. */
    String member() {
        return cluster.self();
    }

    View view() {
        return view;
    }

    long term() {
        return view.term();
    }

    /** Whether this member may change the ledger, as far as it knows; PostgreSQL has the last word at every commit. */
    boolean serving() {
        return view.members().contains(cluster.self());
    }

    /** Reads the view and, on the oldest member, renews or replaces it. */
    void tick() throws SQLException {
        ticking.lock();
        try {
            lookAfterView();
        } finally {
            ticking.unlock();
        }
    }

    private void lookAfterView() throws SQLException {
        List<String> members = cluster.members();
        View read = table.read();
        if (members.getFirst().equals(cluster.self()) && cluster.hearsQuorum()) {
            if (read == null) {
                table.create(members);
            } else if (read.members().equals(Set.copyOf(members))) {
                table.renew(read.term());
            } else if (!table.replace(read.term(), members, mayReplace(read, members))) {
                LOG.info("Waiting for the lease of view {} to run out: this side has {} of its {} members", read.term(), read.kept(members),
                        read.members().size());
            }
            read = table.read();
        }
        publish(read);
    }

    /**
     * Before the lease has run out: with a majority of the view, and as one of it. A member that others have left out, since it was cut off
     * or stopped, may not know that yet, and still count them as its own.
     */
    private boolean mayReplace(View read, List<String> members) {
        return read.hasMajority(members) && read.members().contains(cluster.self());
    }

    private void publish(View read) {
        if (read != null) {
            if (read.term() != view.term()) {
                LOG.info("View {}: {} members, this one {}", read.term(), read.members().size(),
                        read.members().contains(cluster.self()) ? "among them" : "not among them");
            }
            view = read;
        }
    }

    /** Gives the view up at once, so that the next member to start need not wait for the lease; for an orderly stop of the last one. */
    void resign() {
        if (cluster.members().size() > 1) {
            return;
        }
        try {
            table.resign(view.term(), cluster.self());
        } catch (SQLException e) {
            LOG.debug("The lease was not given up and will run out by itself", e);
        }
    }
}
