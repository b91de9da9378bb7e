package io.partita.member.diagnostics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What PostgreSQL tells of itself: its schema's versions, what takes long, how large everything is. */
final class DatabaseReport {

    static final String SCHEMA = "select installed_rank, version, description, type, script, checksum, installed_on, execution_time, success from flyway_schema_history order by 1";
    /** Statements have their parameters apart; a literal that stands in one is a name or a number of ours. */
    static final String ACTIVITY = """
            select pid, application_name, state, wait_event_type, wait_event, now() - xact_start as in_transaction, now() - query_start as in_query, left(query, 500) as query
            from pg_stat_activity where datname = current_database() order by xact_start nulls last limit 200""";
    static final String TABLES = """
            select relname, pg_total_relation_size(relid) as bytes, n_live_tup, n_dead_tup, seq_scan, seq_tup_read, idx_scan, last_autovacuum, last_autoanalyze
            from pg_stat_user_tables order by 2 desc limit 100""";
    private static final String HAS_STATEMENTS = "select 1 from pg_extension where extname = 'pg_stat_statements'";
    private static final String STATEMENTS = """
            select calls, round(total_exec_time) as total_ms, round(mean_exec_time::numeric, 2) as mean_ms, round(max_exec_time) as max_ms, rows, left(query, 500) as query
            from pg_stat_statements order by max_exec_time desc limit 50""";
    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST_ROWS = 1_000;

    private final DataSource database;

    DatabaseReport(DataSource database) {
        this.database = database;
    }

    String schema() throws SQLException {
        return table(SCHEMA);
    }

    /** What runs now, and the statements that took longest, if the server counts them. */
    String slow() throws SQLException {
        String now = table(ACTIVITY);
        return now + '\n' + (rows(HAS_STATEMENTS) == 0 ? "The server does not count statements: create extension pg_stat_statements, and preload it.\n" : table(STATEMENTS));
    }

    String tables() throws SQLException {
        return table(TABLES);
    }

    private int rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? 1 : 0;
        }
    }

    private String table(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.setMaxRows(MOST_ROWS);
            try (ResultSet rows = statement.executeQuery(sql)) {
                ResultSetMetaData columns = rows.getMetaData();
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    text.append(columns.getColumnLabel(i)).append(i == columns.getColumnCount() ? '\n' : '\t');
                }
                while (rows.next()) {
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        text.append(String.valueOf(rows.getString(i)).replaceAll("\\s+", " ")).append(i == columns.getColumnCount() ? '\n' : '\t');
                    }
                }
                return text.toString();
            }
        }
    }
}
