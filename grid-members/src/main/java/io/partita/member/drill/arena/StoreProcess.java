package io.partita.member.drill.arena;

import io.partita.member.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The PostgreSQL beside the members, writing to disk before it says so. Used by one thread at a time. */
public final class StoreProcess implements AutoCloseable {

    private final Path folder;
    private final Path binaries;
    private final Endpoint endpoint;
    private EmbeddedPostgres server;
    private boolean paused;
    private boolean closed;

    StoreProcess(Path folder, Path binaries, Endpoint endpoint) {
        this.folder = folder;
        this.binaries = binaries;
        this.endpoint = endpoint;
    }

    /** Starts it, also after it was killed. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("PostgreSQL is not to start any more");
        }
        String addresses = endpoint.host().equals("127.0.0.1") ? endpoint.host() : "127.0.0.1," + endpoint.host();
        server = EmbeddedPostgres.start(folder, binaries, endpoint.port(),
                Map.of("listen_addresses", addresses, "shared_buffers", "128MB", "max_wal_size", "1GB", "max_connections", "300"));
        letMembersIn();
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
