package io.partita.member.drill.arena;

import io.partita.member.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL beside the members, writing to disk before it says so. Used by one thread at a time. */
public final class StoreProcess implements AutoCloseable {

    private static final Duration ARCHIVE_PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path binaries;
    private final Endpoint endpoint;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;
    private boolean paused;
    private boolean closed;

    StoreProcess(Path folder, Path binaries, Endpoint endpoint) {
        // Archives nothing before somebody makes the folder; knows when each transaction was committed.
        this(folder, binaries, endpoint, Map.of("archive_mode", "on", "track_commit_timestamp", "on",
                "archive_command", "test ! -d " + archive(folder) + " || cp %p " + archive(folder) + "/%f"));
    }

    private StoreProcess(Path folder, Path binaries, Endpoint endpoint, Map<String, String> settings) {
        this.folder = folder;
        this.binaries = binaries;
        this.endpoint = endpoint;
        this.settings = settings;
    }

    private static Path archive(Path folder) {
        return folder.resolve("archive");
    }

    /** Copies its files while it runs and is written to, and keeps whatever is written from now on. */
    public void backUp() {
        try {
            Files.createDirectories(archive(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BaseBackup.take(url(), user(), folder.resolve("files"), folder.resolve("backup"));
    }

    /** The time of this server, which stamps what it commits. */
    public String now() {
        return text("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'");
    }

    /** Waits until all that was committed by now is in the archive. */
    public void awaitArchived() throws InterruptedException {
        execute("select pg_create_restore_point('archived')");
        String last = text("select pg_walfile_name(pg_switch_wal())");
        long end = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
        while (!"t".equals(text("select coalesce(last_archived_wal >= '" + last + "', false) from pg_stat_archiver"))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The write-ahead log was not archived up to " + last);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** A server of its own with what was committed until a moment: the copy, and of the archive what came until then. Started, and open for writing. */
    StoreProcess restored(Path into, Endpoint where, String moment) throws InterruptedException {
        BaseBackup.putBack(folder.resolve("backup"), into.resolve("files"));
        StoreProcess restored = new StoreProcess(into, binaries, where, Map.of("restore_command", "cp " + archive(folder) + "/%f %p",
                "recovery_target_time", moment, "recovery_target_action", "promote", "archive_mode", "off", "track_commit_timestamp", "on"));
        restored.start();
        long end = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
        while ("t".equals(restored.text("select pg_is_in_recovery()"))) {
            if (System.nanoTime() > end) {
                restored.close();
                throw new IllegalStateException("The restored server did not come to " + moment);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return restored;
    }

    /** The number that answers a question. */
    public long count(String question) {
        return Long.parseLong(text(question));
    }

    /** The text that answers one. */
    public String text(String question) {
        try (Connection connection = DriverManager.getConnection(url(), user(), ""); Statement sql = connection.createStatement();
             ResultSet answer = sql.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(question + ": " + e.getMessage(), e);
        }
    }

    /** Starts it, also after it was killed. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("PostgreSQL is not to start any more");
        }
        String addresses = endpoint.host().equals("127.0.0.1") ? endpoint.host() : "127.0.0.1," + endpoint.host();
        server = EmbeddedPostgres.start(folder, binaries, endpoint.port(),
                all(addresses));
        letMembersIn();
    }

    private Map<String, String> all(String addresses) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("listen_addresses", addresses, "shared_buffers", "128MB", "max_wal_size", "1GB", "max_connections", "300"));
        return all;
    }

    /** By default it lets in this machine's own addresses only. */
    private void letMembersIn() {
        Path rules = folder.resolve("files/pg_hba.conf");
        String rule = "host all all samenet trust";
        try {
            if (!Files.readString(rules).contains(rule)) {
                Files.writeString(rules, rule + "\n", StandardOpenOption.APPEND);
                execute("select pg_reload_conf()");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a statement from here, past every cut. */
    public void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(url(), user(), ""); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement + ": " + e.getMessage(), e);
        }
    }

    /** As the server says it. */
    public String version() {
        try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            return "unknown";
        }
    }

    /** From where the drill runs. */
    public String url() {
        return url(new Endpoint("127.0.0.1", endpoint.port()));
    }

    static String url(Endpoint endpoint) {
        return "jdbc:postgresql://" + endpoint + "/partita";
    }

    public String user() {
        return "postgres";
    }

    /** Kills all of its processes; it stays down until it is started. */
    public synchronized void kill() {
        server.abandon();
        Signals.send(Signals.KILL, family());
        paused = false;
    }

    /** Stops all of its processes in their tracks: connections stay open and nothing answers. */
    public synchronized void pause() {
        Signals.send(Signals.STOP, family());
        paused = true;
    }

    public synchronized void resume() {
        // A process that was being started when the others were stopped runs on; to let it go on does no harm.
        Signals.send(Signals.CONT, family());
        paused = false;
    }

    private List<Long> family() {
        return Postmaster.of(folder).map(Signals::family).orElse(List.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (paused) {
            resume();
        }
        if (server != null) {
            server.abandon();
        }
        // Nobody needs what is in it any more. It may also be on its way up.
        Signals.send(Signals.KILL, family());
    }
}
