package io.partita.member.ledger;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the view: which members may raise epochs. The oldest member of a cluster renews the lease and proposes the cluster's
 * members as the next view; PostgreSQL accepts it as one compare-and-set if they hold a majority of the present view, or if its
 * lease has run out. Time is the database's alone, so that no member's clock decides. {@link #tick} is called by one thread;
 * everything else is thread-safe.
 */
final class ViewKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);

    private final HazelcastInstance hazelcast;
    private final DataSource database;
    private final Duration lease;
    private final String member;
    private volatile View view = new View(0, Set.of(), null);

    /** A view as it stands in the database. */
    record View(long term, Set<String> members, Instant leaseUntil) {
    }

    ViewKeeper(HazelcastInstance hazelcast, DataSource database, Duration lease) {
        this.hazelcast = hazelcast;
        this.database = database;
        this.lease = lease;
        this.member = hazelcast.getCluster().getLocalMember().getUuid().toString();
    }

    String member() {
        return member;
    }

    View view() {
        return view;
    }

    long term() {
        return view.term();
    }

    /** Whether this member may change the ledger, as far as it knows; PostgreSQL has the last word at every commit. */
    boolean serving() {
        return view.members().contains(member);
    }

    /** Reads the view and, on the oldest member, renews or replaces it. */
    void tick() throws SQLException {
        Set<String> cluster = hazelcast.getCluster().getMembers().stream().map(Member::getUuid).map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean oldest = hazelcast.getCluster().getMembers().iterator().next().localMember();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            View read = read(connection);
            if (oldest) {
                if (read == null) {
                    create(connection, cluster);
                } else if (read.members().equals(cluster)) {
                    renew(connection, read.term());
                } else {
                    replace(connection, read, cluster);
                }
                read = read(connection);
            }
            publish(read);
        }
    }

    private void publish(View read) {
        if (read != null) {
            if (read.term() != view.term()) {
                LOG.info("View {}: {} members, this one {}", read.term(), read.members().size(),
                        read.members().contains(member) ? "among them" : "not among them");
            }
            view = read;
        }
    }

    private static View read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select term, members, lease_until from ledger_view")) {
            return row.next()
                    ? new View(row.getLong(1), Set.of((String[]) row.getArray(2).getArray()), row.getObject(3, OffsetDateTime.class).toInstant())
                    : null;
        }
    }

    private void create(Connection connection, Set<String> cluster) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into ledger_view (term, members, lease_until) values (1, ?, now() + ? * interval '1 millisecond') on conflict do nothing""")) {
            insert.setArray(1, connection.createArrayOf("text", cluster.toArray()));
            insert.setLong(2, lease.toMillis());
            insert.executeUpdate();
        }
    }

    private void renew(Connection connection, long term) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ledger_view set lease_until = now() + ? * interval '1 millisecond' where term = ?")) {
            update.setLong(1, lease.toMillis());
            update.setLong(2, term);
            update.executeUpdate();
        }
    }

    private void replace(Connection connection, View old, Set<String> cluster) throws SQLException {
        long kept = old.members().stream().filter(cluster::contains).count();
        boolean majority = kept * 2 > old.members().size();
        try (PreparedStatement update = connection.prepareStatement("""
                update ledger_view set term = term + 1, members = ?, lease_until = now() + ? * interval '1 millisecond', changed_at = now()
                 where term = ? and (? or lease_until < now())""")) {
            update.setArray(1, connection.createArrayOf("text", cluster.toArray()));
            update.setLong(2, lease.toMillis());
            update.setLong(3, old.term());
            update.setBoolean(4, majority);
            if (update.executeUpdate() == 0) {
                LOG.info("Waiting for the lease of view {} to run out: this side has {} of its {} members", old.term(), kept, old.members().size());
            }
        }
    }

    /** Gives the view up at once, so that the next member to start need not wait for the lease; for an orderly stop of the last one. */
    void resign() {
        if (hazelcast.getCluster().getMembers().size() > 1) {
            return;
        }
        try (Connection connection = database.getConnection();
             PreparedStatement update = connection.prepareStatement("update ledger_view set lease_until = now() where term = ? and members = ?")) {
            connection.setAutoCommit(true);
            update.setLong(1, view.term());
            update.setArray(2, connection.createArrayOf("text", List.of(member).toArray()));
            update.executeUpdate();
        } catch (SQLException e) {
            LOG.debug("The lease was not given up and will run out by itself", e);
        }
    }
}
