package io.partita.member.bench.ledger;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.member.PartitaMember;
import io.partita.member.bench.BenchRun;
import io.partita.member.rest.ClientKey;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

/** Members as they are in production: each a process of its own, reached over TCP by a Hazelcast client. */
public final class MemberProcesses implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    private final BenchRun run;
    private final Path folder;
    private final String cluster = "bench-" + UUID.randomUUID();
    private final List<String> addresses = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> httpPorts = new ArrayList<>();
    private HazelcastInstance client;

    private MemberProcesses(BenchRun run, Path folder) {
        this.run = run;
        this.folder = folder;
    }

    /** Starts members over one database and waits until every shard serves. */
    public static MemberProcesses start(BenchRun run, BenchPostgres postgres, String database, int count, String heap) throws IOException {
        MemberProcesses members = new MemberProcesses(run, Files.createTempDirectory(run.scratch(), "members"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> members.processes.forEach(Process::destroy)));
        try {
            for (int i = 0; i < count; i++) {
                members.addresses.add("127.0.0.1:" + TestDatabase.freePort());
                members.httpPorts.add(TestDatabase.freePort());
            }
            for (int i = 0; i < count; i++) {
                members.processes.add(members.start(i, postgres, database, heap));
            }
            for (int i = 0; i < count; i++) {
                members.awaitReady(i);
            }
            members.present();
            members.client = HazelcastClient.newHazelcastClient(PartitaClients.config(members.cluster, members.addresses));
            return members;
        } catch (IOException | RuntimeException failure) {
            members.close();
            throw failure;
        }
    }

    /** What the member that found the database empty has left for tools. */
    private void present() {
        for (int i = 0; i < addresses.size(); i++) {
            Path written = folder.resolve("data-" + i).resolve("operator.key");
            if (Files.exists(written)) {
                ClientKey key = ClientKey.read(written);
                httpPorts.forEach(port -> Http.register(port, key));
            }
        }
    }

    private Process start(int number, BenchPostgres postgres, String database, String heap) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> !flag.startsWith("-Xm")).forEach(command::add);
        command.add("-Xms" + heap);
        command.add("-Xmx" + heap);
        if (run.profile()) {
            Files.createDirectories(run.results());
            command.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                    + run.results().resolve("member-" + addresses.size() + "-" + number + ".jfr"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PartitaMember.class.getName(),
                "--partita.data=" + folder.resolve("data-" + number), "--partita.demo=false", "--spring.main.banner-mode=off",
                "--partita.http.port=" + httpPorts.get(number), "--partita.grid.name=" + cluster,
                "--partita.grid.port=" + addresses.get(number).substring(addresses.get(number).indexOf(':') + 1),
                "--partita.grid.addresses=" + String.join(",", addresses),
                "--partita.grid.expected-members=" + addresses.size(), "--partita.grid.backups=" + Math.min(1, addresses.size() - 1),
                "--partita.database.url=" + postgres.url(database), "--partita.database.user=" + postgres.user()));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(number).toFile()).start();
    }

    private Path log(int number) {
        return folder.resolve("member-" + number + ".log");
    }

    private void awaitReady(int number) {
        long end = System.nanoTime() + PATIENCE;
        while (!ready(number)) {
            if (!processes.get(number).isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Member " + number + " did not come into service:\n" + lastLines(number));
            }
            run.progress("starting " + (addresses.size() == 1 ? "a member" : addresses.size() + " members"));
            LockSupport.parkNanos(100_000_000);
        }
    }

    private boolean ready(int number) {
        try {
            return Http.get(URI.create("http://127.0.0.1:" + httpPorts.get(number) + "/health/ready")).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String lastLines(int number) {
        try {
            List<String> lines = Files.readAllLines(log(number));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** A Hazelcast client that is connected to the members. */
    public HazelcastInstance client() {
        return client;
    }

    /** The address of a path of the first member. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPorts.getFirst() + path);
    }

    /** The members. */
    public List<ProcessHandle> handles() {
        return processes.stream().map(Process::toHandle).toList();
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown();
        }
        // Nobody needs what is theirs any more; only a flight recording is written at a peaceful end.
        processes.forEach(run.profile() ? Process::destroy : Process::destroyForcibly);
        for (Process process : processes) {
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        FileUtils.deleteQuietly(folder.toFile());
    }
}
