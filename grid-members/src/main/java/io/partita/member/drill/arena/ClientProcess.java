package io.partita.member.drill.arena;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client in a process of its own, told what to do by lines on its standard input, and telling how it goes on its standard output. */
public final class ClientProcess extends OsProcess {

    private final Network network;
    private final String main;
    private final List<String> arguments;
    private final Path history;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile String progress = "";

    ClientProcess(Node node, Path log, Network network, String main, List<String> arguments, Path history) {
        super(node, log);
        this.network = network;
        this.main = main;
        this.arguments = arguments;
        this.history = history;
    }

    /** Starts it; returns at once. */
    public void start() {
        List<String> flags = new ArrayList<>(StartCache.ofThisBuild().flags());
        flags.add("-Dlogback.configurationFile=tools-logback.xml");
        launch(network.command(node(), JavaCommand.of("256m", main, flags, arguments)), true);
        Thread.ofVirtual().name("listens-to-" + node()).start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = process().inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith("counts ")) {
                    progress = line;
                } else {
                    said.add(line.split(" ")[0]);
                }
            }
        } catch (IOException goneWithTheProcess) {
            // What it said last stays.
        } finally {
            ended.countDown();
        }
    }

    /** Where it writes down what it was told. */
    public Path history() {
        return history;
    }

    /** Its latest line of figures. */
    public String progress() {
        return progress;
    }

    /** Waits until it said a word; throws, with the end of its log, if it ends without. */
    public void await(String word, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!said.contains(word)) {
            if (ended.await(50, TimeUnit.MILLISECONDS) && !said.contains(word)) {
                throw new IllegalStateException(node() + " ended without saying \"" + word + "\":\n" + lastLines(30));
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(node() + " did not say \"" + word + "\" within " + patience.toSeconds() + " s:\n" + lastLines(30));
            }
        }
    }

    /** Hands it a line. */
    public void tell(String line) {
        try {
            Writer in = process().outputWriter(StandardCharsets.UTF_8);
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new IllegalStateException(node() + " has ended:\n" + lastLines(30), e);
        }
    }
}
