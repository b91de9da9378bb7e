package io.partita.member.drill;

import io.partita.member.PartitaMember;
import io.partita.member.drill.arena.JavaCommand;
import io.partita.member.drill.arena.StartCache;
import io.partita.member.rest.ClientKey;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

/** A member in a process of its own, with its own PostgreSQL (fsync on), either of which can be killed at any moment. */
final class DrilledMember implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final String cluster = "drill-" + UUID.randomUUID();
    private final int httpPort = TestDatabase.freePort();
    private final int gridPort = TestDatabase.freePort();
    private final int databasePort = TestDatabase.freePort();
    private final Path folder;
    private final String heap;
    private final List<String> settings;
    private Process process;

    /** What the member says of itself on {@code /metrics}. */
    record Metrics(long heapUsed, long queued) {
    }

    private DrilledMember(Path folder, String heap, List<String> settings) {
        this.folder = folder;
        this.heap = heap;
        this.settings = settings;
    }

    /** Starts a member over an empty database and waits until it serves. */
    static DrilledMember start(String... settings) throws IOException {
        return startWithHeap("640m", settings);
    }

    /** Likewise, with so much heap (as in {@code -Xmx}). */
    static DrilledMember startWithHeap(String heap, String... settings) throws IOException {
        DrilledMember member = new DrilledMember(Files.createTempDirectory("partita-drill"), heap, List.of(settings));
        try {
            if (Files.isDirectory(TestDatabase.binaries())) {
                Files.createDirectories(member.data());
                Files.createSymbolicLink(member.data().resolve(TestDatabase.binaries().getFileName()), TestDatabase.binaries());
            }
            member.startProcess();
            member.awaitReady();
            return member;
        } catch (IOException | RuntimeException failure) {
            member.close();
            throw failure;
        }
    }

    private void startProcess() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--partita.data=" + data(), "--partita.demo=false", "--spring.main.banner-mode=off", "--partita.http.port=" + httpPort,
                "--partita.grid.name=" + cluster, "--partita.grid.port=" + gridPort, "--partita.grid.addresses=127.0.0.1:" + gridPort,
                "--partita.grid.backups=0", "--partita.database.port=" + databasePort, "--partita.ledger.view-lease=2s"));
        arguments.addAll(settings);
        List<String> command = JavaCommand.of(heap, PartitaMember.class.getName(), StartCache.ofThisBuild().flags(), arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("member.log");
    }

    void awaitReady() {
        long end = System.nanoTime() + PATIENCE;
        while (!ready()) {
            requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The member did not come into service:\n" + lastLines());
            }
            LockSupport.parkNanos(100_000_000);
        }
        Http.register(httpPort, key());
    }

    /** The operator's, which it has written. */
    ClientKey key() {
        return ClientKey.read(data().resolve("operator.key"));
    }

    /** Throws, with the last of its log, if the process has ended by itself. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The member ended with " + process.exitValue() + ":\n" + lastLines());
        }
    }

    private boolean ready() {
        try {
            return Http.get(uri("/health/ready")).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Ends the member without a word (SIGKILL) and starts it again over the same folder; its database lives on. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        startProcess();
    }

    /**
     * Kills the database's postmaster and waits until its supervisor in the member has started another. Until then the backends of the
     * dead one may still commit what they are at.
     */
    void killDatabase() throws IOException, InterruptedException {
        long killed = postmaster();
        signal("KILL", List.of(killed));
        long end = System.nanoTime() + PATIENCE;
        while (!replaced(killed)) {
            requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The database was not started again:\n" + lastLines());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean replaced(long killed) {
        try {
            return postmaster() != killed;
        } catch (IOException | RuntimeException beingWritten) {
            return false;
        }
    }

    /** Stops every process of the database in its tracks: connections stay open and nothing answers. */
    void pauseDatabase() throws IOException, InterruptedException {
        List<Long> processes = databaseProcesses();
        signal("STOP", processes);
    }

    void resumeDatabase() throws IOException, InterruptedException {
        signal("CONT", databaseProcesses());
    }

    private List<Long> databaseProcesses() throws IOException {
        List<Long> processes = new ArrayList<>(List.of(postmaster()));
        ProcessHandle.of(postmaster()).orElseThrow().descendants().map(ProcessHandle::pid).forEach(processes::add);
        return processes;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data().resolve("postgres/files/postmaster.pid")).getFirst().strip());
    }

    private static void signal(String name, List<Long> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(pid -> command.add(Long.toString(pid)));
        // A backend may have ended meanwhile, which makes kill complain.
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    Metrics metrics() {
        long heap = 0;
        long queued = 0;
        for (String line : Http.get(uri("/metrics")).body().lines().toList()) {
            if (line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\"")) {
                heap += (long) value(line);
            } else if (line.startsWith("partita_ledger_queued")) {
                queued += (long) value(line);
            }
        }
        return new Metrics(heap, queued);
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    String cluster() {
        return cluster;
    }

    /** Where a Hazelcast client connects. */
    String gridAddress() {
        return "127.0.0.1:" + gridPort;
    }

    /** The database, as its superuser reaches it. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + databasePort + "/partita";
    }

    /** The base address of the REST interface. */
    URI rest() {
        return uri("");
    }

    /** Where a drill's history belongs. */
    Path history() {
        return folder.resolve("history.jsonl");
    }

    @Override
    public void close() {
        try {
            if (process != null && process.isAlive()) {
                resumeDatabase();
                process.destroy();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            // After a drill that failed half-way, the database may still run.
            if (Files.exists(data().resolve("postgres/files/postmaster.pid"))) {
                signal("KILL", databaseProcesses());
            }
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileUtils.deleteQuietly(folder.toFile());
    }
}
