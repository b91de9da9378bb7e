package io.partita.member.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The view in PostgreSQL. Time is the database's alone, so that no member's clock decides. Thread-safe. */
record PostgresView(DataSource database, Duration lease) implements ViewTable {

    @Override
    public View read() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select term, members, lease_until, changed_at from ledger_view")) {
            return row.next()
                    ? new View(row.getLong(1), Set.of((String[]) row.getArray(2).getArray()), row.getObject(3, OffsetDateTime.class).toInstant(),
                            row.getObject(4, OffsetDateTime.class).toInstant())
                    : null;
        }
    }

    @Override
    public void create(Collection<String> members) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement insert = connection.prepareStatement("""
                insert into ledger_view (term, members, lease_until) values (1, ?, now() + ? * interval '1 millisecond') on conflict do nothing""")) {
            insert.setArray(1, connection.createArrayOf("text", members.toArray()));
            insert.setLong(2, lease.toMillis());
            insert.executeUpdate();
        }
    }

    @Override
    public void renew(long term) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement(
                "update ledger_view set lease_until = now() + ? * interval '1 millisecond' where term = ?")) {
            update.setLong(1, lease.toMillis());
            update.setLong(2, term);
            update.executeUpdate();
        }
    }

    @Override
    public boolean replace(long term, Collection<String> members, boolean atOnce) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement("""
                update ledger_view set term = term + 1, members = ?, lease_until = now() + ? * interval '1 millisecond', changed_at = now()
                 where term = ? and (? or lease_until < now())""")) {
            update.setArray(1, connection.createArrayOf("text", members.toArray()));
            update.setLong(2, lease.toMillis());
            update.setLong(3, term);
            update.setBoolean(4, atOnce);
            return update.executeUpdate() > 0;
        }
    }

    @Override
    public void resign(long term, String member) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement(
                "update ledger_view set lease_until = now() where term = ? and members = ?")) {
            update.setLong(1, term);
            update.setArray(2, connection.createArrayOf("text", List.of(member).toArray()));
            update.executeUpdate();
        }
    }
}
