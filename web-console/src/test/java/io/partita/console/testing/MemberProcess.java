package io.partita.console.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real member with its own database, in a process of its own, as it was packaged by this build. */
public final class MemberProcess implements AutoCloseable {

    private static final Path MODULE = Path.of("..", "grid-members", "target").toAbsolutePath().normalize();
    /** The programs of PostgreSQL that the tests of the member have unpacked. */
    private static final Path DATABASE_PROGRAMS = MODULE.resolve("postgres-18.6.0");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Ports that were given to somebody. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    public final String cluster;
    public final int httpPort = freePort();
    public final int gridPort = freePort();
    private final int databasePort = freePort();
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    /** The ports of all members of the cluster. */
    private final List<Integer> gridPorts;
    /** Whose database and secrets it uses; null for its own. */
    private final MemberProcess first;
    private Process process;

    public MemberProcess(Path folder) {
        this(folder, "console-test-" + UUID.randomUUID(), new CopyOnWriteArrayList<>(), null);
    }

    private MemberProcess(Path folder, String cluster, List<Integer> gridPorts, MemberProcess first) {
        this.data = folder;
        this.cluster = cluster;
        this.gridPorts = gridPorts;
        this.first = first;
        gridPorts.add(gridPort);
    }

    /** Another member of the same cluster, over the database of this one. To be made before either starts. */
    public MemberProcess beside(Path folder) {
        return new MemberProcess(folder, cluster, gridPorts, this);
    }

    /** Whether this build has packaged a member. */
    public static boolean available() {
        return Files.isDirectory(MODULE.resolve("classes")) && Files.isDirectory(MODULE.resolve("lib"));
    }

    /**
     * Below the range from which the operating system takes the local ends of outgoing connections, so that none of them
     * takes the port before the member listens on it. Each is given once: what has been given may not be listened on yet.
     */
    static int freePort() {
        for (int tried = 0; tried < 100; tried++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (GIVEN.add(port)) {
                try (ServerSocket socket = new ServerSocket(port)) {
                    return socket.getLocalPort();
                } catch (IOException e) {
                    // taken: another one
                }
            }
        }
        throw new IllegalStateException("No port from 20000 to 32000 is free");
    }

    public String api() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** What the member has written for whoever runs it: {@code operator.key}, {@code console.key}, {@code admin.password}. */
    public Path secret(String name) {
        return data.resolve(name);
    }

    /** Starts the member and waits until it serves. */
    public void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("partita.jvm.flags").split(" ")));
        command.addAll(List.of("-Xmx" + System.getProperty("partita.member.heap", "768m"), "-XX:TieredStopAtLevel=1",
                "-cp", MODULE.resolve("classes") + File.pathSeparator + MODULE.resolve("lib") + "/*",
                "io.partita.member.PartitaMember", "--partita.data=" + data, "--partita.demo=false",
                "--partita.http.port=" + httpPort, "--partita.grid.port=" + gridPort, "--partita.grid.name=" + cluster,
                "--partita.grid.addresses=" + gridPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
                "--partita.security.four-eyes=limit-change", "--partita.drills.enabled=true"));
        command.addAll(first == null ? List.of("--partita.database.port=" + databasePort)
                : List.of("--partita.database.url=jdbc:postgresql://127.0.0.1:" + first.databasePort + "/partita", "--partita.database.user=postgres",
                        "--partita.security.master-key-file=" + first.secret("master.key"), "--partita.security.operator-key-file=" + first.secret("operator.key")));
        try {
            shareDatabasePrograms();
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(this::ready);
    }

    /** To unpack them takes seconds. */
    private void shareDatabasePrograms() throws IOException {
        Path own = data.resolve(DATABASE_PROGRAMS.getFileName());
        if (Files.isDirectory(DATABASE_PROGRAMS) && !Files.exists(own)) {
            Files.createDirectories(data);
            Files.createSymbolicLink(own, DATABASE_PROGRAMS);
        }
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new AssertionError("The member ended with " + process.exitValue() + ":\n" + tail());
        }
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(api() + path)).GET());
    }

    /** What the member answers to a question, which it is expected to. */
    public String ask(String path) {
        HttpResponse<String> answer = get("/api/v1" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What the member counts, as Prometheus reads it. */
    public String metrics() {
        return get("/metrics").body();
    }

    /** How often the member has been asked for something so far. @param path as it stands in the description of the interface */
    public int asked(String path) {
        return (int) metrics().lines().filter(line -> line.startsWith("http_server_requests_seconds_count{") && line.contains("method=\"GET\"") && line.contains("uri=\"" + path + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    /** Posts JSON and expects it to be accepted; what the member answers. */
    public String post(String path, String json) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(api() + "/api/v1" + path))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        return answer.body();
    }

    /** Asks for something that takes two people, and expects it to wait. */
    public String askFor(String path, String json) {
        return asked(HttpRequest.newBuilder(URI.create(api() + "/api/v1" + path)).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The same to take something away. */
    public String askToRemove(String path) {
        return asked(HttpRequest.newBuilder(URI.create(api() + "/api/v1" + path)).DELETE());
    }

    private String asked(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    /** The status of an answer to somebody with a key of their own. */
    public int statusFor(String bearer, String path) {
        return send(HttpRequest.newBuilder(URI.create(api() + "/api/v1" + path)).header("Authorization", "Bearer " + bearer).GET()).statusCode();
    }

    /** Puts JSON until it is accepted: what was posted a moment ago may not be known yet. */
    public void put(String path, String json) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(api() + "/api/v1" + path))
                    .header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        });
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpRequest asked = request.timeout(Duration.ofSeconds(20)).build();
            if (asked.headers().firstValue("Authorization").isEmpty() && Files.exists(secret("operator.key"))) {
                asked = request.header("Authorization", "Bearer " + Files.readString(secret("operator.key")).strip()).build();
            }
            return http.send(asked, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the member as a fall of its machine would; a database that it brought along goes on. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the member in order, its database with it. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }
}
