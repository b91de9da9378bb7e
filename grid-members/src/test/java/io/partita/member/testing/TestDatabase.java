package io.partita.member.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.database.EmbeddedPostgres;
import io.partita.member.drill.arena.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;
import org.flywaydb.core.Flyway;

/**
 * A fresh database with the current schema, on a PostgreSQL that all tests of one JVM share (without fsync).
 *
 * <pre>{@code
 * private static final TestDatabase DATABASE = TestDatabase.fresh();
 * @AfterAll static void close() { DATABASE.close(); }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        DatabaseConfiguration.batched(config);
        this.pool = new HikariDataSource(config);
    }

    /** A database of its own, migrated. */
    public static TestDatabase fresh() {
        String name = "test" + COUNT.incrementAndGet();
        // The schema is made once and copied, as files: block by block, through the write-ahead log, takes five times as long.
        Shared.execute("create database " + name + " template migrated strategy file_copy");
        return new TestDatabase(name);
    }

    /** A database of its own, empty. */
    public static TestDatabase empty() {
        String name = "test" + COUNT.incrementAndGet();
        Shared.execute("create database " + name);
        return new TestDatabase(name);
    }

    /** A pool of up to 16 connections. */
    public DataSource dataSource() {
        return pool;
    }

    public String url() {
        return Shared.SERVER.url(name);
    }

    public String user() {
        return Shared.SERVER.user();
    }

    /** Takes it away from everybody: connections end, and no other begins until {@link #giveBack}. */
    public void takeAway() {
        Shared.execute("alter database " + name + " with allow_connections false");
        Shared.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    public void giveBack() {
        Shared.execute("alter database " + name + " with allow_connections true");
    }

    @Override
    public void close() {
        pool.close();
        Shared.execute("drop database if exists " + name + " with (force)");
    }

    /** A port on which nobody listens. */
    public static int freePort() {
        return FreePorts.next();
    }

    /** Where the PostgreSQL programs are unpacked for all tests; kept, since that takes seconds. */
    public static Path binaries() {
        return Path.of(System.getProperty("user.dir"), "target", "postgres-18.6.0");
    }

    private static final class Shared {

        static final EmbeddedPostgres SERVER = start();

        static {
            execute("create database migrated");
            Flyway.configure().dataSource(SERVER.url("migrated"), SERVER.user(), "").load().migrate();
        }

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("partita-test-database");
                EmbeddedPostgres server = EmbeddedPostgres.start(folder, binaries(), freePort(), Map.of(
                        "fsync", "off", "full_page_writes", "off", "shared_buffers", "128MB", "wal_level", "minimal",
                        "max_wal_senders", "0", "max_connections", "200"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    FileUtils.deleteQuietly(folder.toFile());
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void execute(String sql) {
            try (Connection connection = DriverManager.getConnection(SERVER.url("postgres"), SERVER.user(), "");
                 Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
