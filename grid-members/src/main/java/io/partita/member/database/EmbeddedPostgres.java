package io.partita.member.database;

import io.partita.member.StartupProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the member's own, with its files in one folder, listening on 127.0.0.1 only.
 *
 * <p>The server is a process apart: it outlives a member that is killed, and the next member with the same folder
 * attaches to it. While the member lives, a server that dies is started again. Thread-safe.
 */
public final class EmbeddedPostgres implements DatabaseServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "partita";
    private static final String USER = "postgres";
    private static final Duration LOOK = Duration.ofMillis(500);

    /** For a machine with two cores and some gigabytes that it shares with the member. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("shared_buffers", "512MB"),
            Map.entry("wal_buffers", "32MB"),
            // Checkpoints cost full page images: few of them, spread out, compressed (this build has no lz4).
            Map.entry("max_wal_size", "4GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("wal_compression", "pglz"),
            Map.entry("max_connections", "100"),
            Map.entry("work_mem", "32MB"),
            Map.entry("maintenance_work_mem", "256MB"),
            // The journal only grows: what autovacuum does is freeze pages and keep the BRIN summaries, cheaply.
            Map.entry("autovacuum_naptime", "30s"),
            Map.entry("jit", "off"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // A week of logs, then over again from the first.
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgres-%a.log"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_truncate_on_rotation", "on"));

    private final Path folder;
    private final Path binaries;
    private final int port;
    private final Map<String, String> settings;
    private final Thread supervisor;
    private volatile boolean closing;

    private EmbeddedPostgres(Path folder, Path binaries, int port, Map<String, String> changed) {
        this.folder = folder.toAbsolutePath().normalize();
        this.binaries = binaries.toAbsolutePath().normalize();
        this.port = port;
        this.settings = new TreeMap<>(SETTINGS);
        settings.putAll(changed);
        this.supervisor = Thread.ofVirtual().name("postgres-supervisor").unstarted(this::supervise);
    }

    /**
     * Starts the server of a folder, or attaches to it if it runs.
     *
     * @param folder   holds the server's files; made if absent
     * @param binaries where its programs are unpacked
     * @param port     the port it listens on
     * @param settings server settings that differ from the member's own
     * @throws StartupProblem if it cannot run
     */
    public static EmbeddedPostgres start(Path folder, Path binaries, int port, Map<String, String> settings) {
        EmbeddedPostgres server = new EmbeddedPostgres(folder, binaries, port, settings);
        server.requirePort();
        PostgresBinaries.unpack(server.binaries);
        server.initialise();
        server.startOrAttach();
        server.createDatabase();
        server.supervisor.start();
        return server;
    }

    @Override
    public String url() {
        return url(DATABASE);
    }

    /** The url of another database of this server. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return "";
    }

    private Path files() {
        return folder.resolve("files");
    }

    private void initialise() {
        if (Files.exists(files().resolve("PG_VERSION"))) {
            return;
        }
        LOG.info("Creating a database in {}", folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Only a local user can connect: it listens on 127.0.0.1 and the folder is this user's.
        run(Duration.ofMinutes(2), "initdb", "--pgdata=" + files(), "--username=" + USER, "--auth=trust", "--encoding=UTF8",
                "--locale=C", "--data-checksums", "--no-instructions");
    }

    private void startOrAttach() {
        Optional<RunningServer> running = RunningServer.of(files());
        if (running.isPresent() && running.get().port() == port) {
            LOG.info("Attached to the PostgreSQL that runs on port {}", port);
            awaitReady();
            return;
        }
        if (running.isPresent()) {
            LOG.info("Moving PostgreSQL from port {} to {}", running.get().port(), port);
            stop();
        }
        startServer();
    }

    /** The port is free, or our own server has it. */
    private void requirePort() {
        if (RunningServer.of(files()).filter(server -> server.port() == port).isEmpty() && taken()) {
            throw StartupProblem.portTaken(port, "embedded database", "partita.database.port");
        }
    }

    /** By pg_ctl, which gives it a session of its own: a Ctrl-C meant for the member must not stop its database first. */
    private void startServer() {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
        settings.forEach((name, value) -> options.addAll(List.of("-c", name + "='" + value + "'")));
        options.addAll(List.of("-c", "log_directory='" + folder.resolve("log") + "'"));
        try {
            Files.deleteIfExists(startLog());
            run(Duration.ofMinutes(5), "pg_ctl", "start", "--pgdata=" + files(), "--log=" + startLog(), "--wait", "--timeout=290",
                    "--options=" + String.join(" ", options));
        } catch (StartupProblem problem) {
            throw new StartupProblem(problem.getMessage() + "\n" + startOutput(), problem.action(), problem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path startLog() {
        return folder.resolve("start.log");
    }

    /** What the server said before it had a log of its own. */
    private String startOutput() {
        try {
            return Files.readString(startLog()).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private boolean taken() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                // 57P03: recovering from a crash, which takes as long as the write-ahead log is.
                if (System.nanoTime() > end) {
                    throw new StartupProblem("The embedded PostgreSQL on port " + port + " does not answer: " + e.getMessage(),
                            "Look into " + folder.resolve("log") + ".", e);
                }
            }
            pause(LOOK);
        }
    }

    private void createDatabase() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
             Statement statement = connection.createStatement()) {
            if (!statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'").next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new StartupProblem("The embedded PostgreSQL refuses: " + e.getMessage(),
                    "Look into " + folder.resolve("log") + ".", e);
        }
    }

    private void supervise() {
        while (!closing) {
            pause(LOOK);
            if (closing || RunningServer.of(files()).isPresent()) {
                continue;
            }
            LOG.warn("PostgreSQL has stopped; starting it again");
            try {
                startServer();
                LOG.info("PostgreSQL is back");
            } catch (RuntimeException e) {
                // Backends of the dead server may hold its memory for a moment, or nobody has collected it: the next round succeeds.
                LOG.info("PostgreSQL did not start yet: {}", e.getMessage().lines().reduce((first, last) -> last).orElse(""));
                pause(Duration.ofSeconds(1));
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks after the server no longer: it runs on by itself, and whoever starts the folder anew attaches to it. */
    public void abandon() {
        closing = true;
        supervisor.interrupt();
        try {
            supervisor.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        run(Duration.ofMinutes(2), "pg_ctl", "stop", "--pgdata=" + files(), "--mode=fast", "--wait", "--timeout=110");
    }

    @Override
    public void close() {
        abandon();
        try {
            if (RunningServer.of(files()).isPresent()) {
                stop();
            }
        } catch (RuntimeException e) {
            LOG.warn("PostgreSQL did not stop: {}", e.getMessage());
        }
    }

    private void run(Duration limit, String program, String... arguments) {
        List<String> command = new ArrayList<>(Privileges.dropped());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = folder.resolve(program + ".out");
        try {
            // Into a file: a server that starts inherits the output, and would keep a pipe open for ever.
            Files.write(output, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).redirectInput(ProcessBuilder.Redirect.from(Privileges.NOTHING)).start();
            if (!ended(process, limit)) {
                throw failed(program, "no end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw failed(program, Files.readString(output).strip());
            }
        } catch (IOException e) {
            throw failed(program, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(program, "interrupted");
        }
    }

    /** Leaves nothing running that did not come to its end. */
    private static boolean ended(Process process, Duration limit) throws InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended;
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private StartupProblem failed(String program, String why) {
        return new StartupProblem("The embedded PostgreSQL failed (" + program + "): " + why,
                "Look into " + startLog() + " and " + folder.resolve("log")
                        + ", or name an external database with partita.database.url.");
    }

    @Override
    public String toString() {
        return "embedded PostgreSQL on port " + port + " in " + folder;
    }
}
