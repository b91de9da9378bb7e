package io.partita.member.drill.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process on a node, with a log of all that it said over all its starts. Used by one thread, and ended for good by any. */
abstract class OsProcess {

    private final Node node;
    private final Path log;
    private volatile Process process;
    private volatile boolean paused;
    private boolean over;

    OsProcess(Node node, Path log) {
        this.node = node;
        this.log = log;
    }

    public final Node node() {
        return node;
    }

    public final Path log() {
        return log;
    }

    final synchronized void launch(List<String> command, boolean talking) {
        if (over) {
            throw new IllegalStateException(node + " is not to start any more");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            if (talking) {
                builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            } else {
                builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectInput(Path.of("/dev/null").toFile());
            }
            process = builder.start();
            paused = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final Process process() {
        return process;
    }

    public final boolean alive() {
        return process != null && process.isAlive();
    }

    /** Ends it without a word (SIGKILL). */
    public final void kill() {
        if (alive()) {
            Signals.send(Signals.KILL, Signals.family(process.pid()));
            awaitEnd(Duration.ofSeconds(10));
        }
    }

    /** Kills it and lets it start never again, whoever is about to do that. */
    final synchronized void end() {
        over = true;
        kill();
    }

    /** Stops it in its tracks (SIGSTOP): its connections stay open and it answers nothing. */
    public final void pause() {
        Signals.send(Signals.STOP, Signals.family(process.pid()));
        paused = true;
    }

    /** Lets it go on, as if no time had passed (SIGCONT). */
    public final void resume() {
        Signals.send(Signals.CONT, Signals.family(process.pid()));
        paused = false;
    }

    public final boolean paused() {
        return paused;
    }

    /** Asks it to end in good order; kills it when it does not. True if it did by itself. */
    public final boolean stop(Duration patience) {
        if (!alive()) {
            return true;
        }
        process.destroy();
        if (awaitEnd(patience)) {
            return true;
        }
        kill();
        return false;
    }

    final boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The end of its log. */
    public final String lastLines(int count) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public final String toString() {
        return node.toString();
    }
}
