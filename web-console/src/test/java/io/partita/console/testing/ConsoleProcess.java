package io.partita.console.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The console in a process of its own, as it runs outside of tests: what it holds is its own. */
public final class ConsoleProcess implements AutoCloseable {

    private static final Path MODULE = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int port = MemberProcess.freePort();
    private final Path log;
    private final Process process;

    /** Starts it in front of a member, and waits until it serves. @param heap the largest that its heap may be, such as {@code 1g} */
    public static ConsoleProcess start(MemberProcess member, Path folder, String heap) {
        ConsoleProcess console = new ConsoleProcess(member, folder, heap);
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(console::ready);
            return console;
        } catch (RuntimeException | Error failed) {
            console.close();
            throw failed;
        }
    }

    private ConsoleProcess(MemberProcess member, Path folder, String heap) {
        log = folder.resolve("console.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("partita.jvm.flags").split(" ")));
        command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", "-cp", MODULE.resolve("classes") + File.pathSeparator + MODULE.resolve("lib") + "/*",
                "io.partita.console.PartitaConsole", "--partita.console.port=" + port, "--partita.api=" + member.api(), "--partita.grid.name=" + member.cluster,
                "--partita.grid.addresses=127.0.0.1:" + member.gridPort, "--partita.console.key-file=" + member.secret("console.key")));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new AssertionError("The console ended with " + process.exitValue() + ", see " + log);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url() + "/sign-in")).GET().build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of live objects in its heap, after a collection of all of it. */
    public long liveHeap() {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram").start();
            String[] total = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().replaceFirst("(?s).*\n", "").strip().split("\\s+");
            if (total.length != 3 || !total[0].equals("Total")) {
                throw new IllegalStateException("No histogram of the console; it may have ended: " + log);
            }
            return Long.parseLong(total[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
