package io.partita.member.bench.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.partita.member.bench.BenchRun;
import io.partita.member.database.EmbeddedPostgres;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** The member's own kind of PostgreSQL, with the member's own settings (fsync on), in a folder that is dropped afterwards. */
public final class BenchPostgres implements AutoCloseable {

    private final Path folder;
    private final EmbeddedPostgres server;

    private BenchPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    public static BenchPostgres start(BenchRun run) throws IOException {
        Files.createDirectories(run.scratch());
        Path folder = Files.createTempDirectory(run.scratch(), "postgres");
        BenchPostgres postgres = new BenchPostgres(folder, EmbeddedPostgres.start(folder, run.scratch().resolve("postgres-18.6.0"),
                TestDatabase.freePort(), Map.of("max_connections", "200")));
        // It has a session of its own, which a Ctrl-C does not reach.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    /** Makes an empty database. */
    public void create(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), server.user(), "");
             Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
    }

    String url(String name) {
        return server.url(name);
    }

    String user() {
        return server.user();
    }

    /** The server's files. */
    public Path files() {
        return folder.resolve("files");
    }

    HikariDataSource pool(String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(name));
        config.setUsername(user());
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** What the server says about itself, such as {@code fsync}. */
    public String setting(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), server.user(), "");
             Statement statement = connection.createStatement(); var row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        server.close();
        FileUtils.deleteQuietly(folder.toFile());
    }
}
