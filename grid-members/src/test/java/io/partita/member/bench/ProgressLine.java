package io.partita.member.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Shows what is being measured: a line that is redrawn on a terminal, and nothing elsewhere. Thread-safe. */
final class ProgressLine {

    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long shown;

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void show(String what) {
        long now = System.nanoTime();
        if (terminal && now - shown >= REDRAW.toNanos()) {
            shown = now;
            out.printf("\r\033[K  %3d s  %s", (now - start) / 1_000_000_000, what);
            out.flush();
        }
    }

    /** A line that stays. */
    synchronized void keep(String line) {
        clear();
        out.println(line);
        out.flush();
        shown = 0;
    }

    synchronized void clear() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
