package io.partita.member.drill.arena;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two processes on two nodes that talk to each other without a pause. */
final class Conversation implements AutoCloseable {

    private final Side caller;
    private final Side callee;

    /** One of the two. */
    static final class Side {

        private final Process process;
        private final List<String> said = new CopyOnWriteArrayList<>();

        private Side(Network network, Node node, String... arguments) throws IOException {
            List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp", Path.of("target/test-classes").toAbsolutePath().toString(), Talker.class.getName()));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(network.command(node, command)).redirectErrorStream(true).start();
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(said::add);
            } catch (IOException | java.io.UncheckedIOException end) {
                // The process was ended.
            }
        }

        long heard() {
            return said.stream().filter(line -> line.startsWith("heard")).count();
        }

        /** Whether it was told, in whatever way, that the connection is no more. */
        boolean knows() {
            return said.stream().anyMatch(line -> line.startsWith("ended") || line.startsWith("failed"));
        }
    }

    /** Begins a conversation over the addresses that the network gives, and returns when both have heard something. */
    Conversation(Network network, Node from, Node to) throws IOException {
        Endpoint at = network.listen(to, Service.REST);
        callee = new Side(network, to, "listen", at.host(), Integer.toString(at.port()));
        await().atMost(Duration.ofSeconds(20)).until(() -> callee.said.contains("listening"));
        Endpoint called = network.address(from, to, Service.REST);
        caller = new Side(network, from, "call", called.host(), Integer.toString(called.port()));
        goesOn();
    }

    Side caller() {
        return caller;
    }

    Side callee() {
        return callee;
    }

    /** Waits until both hear something that they have not heard yet. */
    void goesOn() {
        hears(caller);
        hears(callee);
    }

    static void hears(Side side) {
        long before = side.heard();
        await().atMost(Duration.ofSeconds(30)).until(() -> side.heard() > before);
    }

    /** Waits out a second in which a side hears nothing; what is still under way may arrive before. */
    static void hearsNothing(Side side) {
        await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofSeconds(1)).pollDelay(Duration.ofSeconds(1)).until(() -> {
            long before = side.heard();
            Thread.onSpinWait();
            return settled(side, before);
        });
    }

    private static boolean settled(Side side, long before) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            if (side.heard() > before) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        caller.process.destroyForcibly();
        callee.process.destroyForcibly();
    }
}
