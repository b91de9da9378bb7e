package io.partita.member.cli;

import io.partita.member.drill.Drill;
import io.partita.member.drill.DrillListener;
import io.partita.member.drill.report.DrillReport;
import io.partita.member.drill.report.DrillReport.Event;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Shows how drills go: a line for each thing that happens and, on a terminal, a block below that is redrawn, with the phase, a bar and
 * what the clients of each side are told. Thread-safe.
 */
final class DrillProgress implements DrillListener, AutoCloseable {

    private static final int BAR = 24;
    private static final long REDRAW_MILLIS = 200;
    private static final String SPINNER = "|/-\\";

    private final PrintWriter out;
    private final boolean terminal;
    private final Function<DrillReport, String> ending;
    private final Thread painter;
    private String phase = "";
    private Duration expected = Duration.ZERO;
    private long since = System.nanoTime();
    private List<Throughput> sides = List.of();
    private int painted;
    private int turn;
    private volatile boolean closed;

    /** @param ending makes the last words on a drill */
    DrillProgress(PrintWriter out, boolean terminal, Function<DrillReport, String> ending) {
        this.out = out;
        this.terminal = terminal;
        this.ending = ending;
        this.painter = Thread.ofVirtual().name("drill-progress").unstarted(this::paint);
        if (terminal) {
            painter.start();
        }
    }

    @Override
    public synchronized void begins(Drill drill, long seed, int number, int of) {
        line("");
        line((of > 1 ? number + "/" + of + "  " : "") + drill.name() + ": " + drill.breaks() + "  (seed " + seed + ")");
    }

    @Override
    public synchronized void phase(String what, Duration time) {
        if (!terminal && !what.equals(phase)) {
            line("  " + what);
        }
        phase = what;
        expected = time;
        since = System.nanoTime();
        if (!what.startsWith("load")) {
            // Whatever they were told last is no news.
            sides = List.of();
        }
    }

    @Override
    public synchronized void event(Event event) {
        String mark = switch (event.kind()) {
            case STEP -> " ";
            case FAULT -> "x";
            case MENDED -> "+";
            case NOTICED -> "!";
            case RECOVERED -> "=";
            case ALERT -> "A";
        };
        line(String.format(Locale.ROOT, "  %6.1f s  %s  %-9s  %s", event.atMillis() / 1e3, mark, event.node(), event.what()));
    }

    @Override
    public synchronized void throughput(List<Throughput> now) {
        sides = now;
    }

    @Override
    public synchronized void ended(DrillReport report) {
        phase = "";
        sides = List.of();
        line("");
        line(ending.apply(report).stripTrailing());
    }

    /** Above what is redrawn. */
    private void line(String text) {
        erase();
        out.println(text);
        draw();
        out.flush();
    }

    private void paint() {
        while (!closed) {
            synchronized (this) {
                erase();
                draw();
                out.flush();
            }
            try {
                Thread.sleep(REDRAW_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void erase() {
        if (painted > 0) {
            out.print("\033[" + painted + "A\r\033[J");
            painted = 0;
        }
    }

    private void draw() {
        if (!terminal || closed || phase.isEmpty()) {
            return;
        }
        out.println("  " + bar() + "  " + phase);
        painted = 1;
        for (Throughput side : sides) {
            out.println(String.format(Locale.ROOT, "      %-20s %6.0f acknowledged/s  %5.0f refused/s  %5.0f unknown/s  %6.0f reads/s",
                    side.side(), side.acknowledged(), side.refused(), side.unknown(), side.reads()));
            painted++;
        }
    }

    private String bar() {
        double seconds = (System.nanoTime() - since) / 1e9;
        if (expected.isZero()) {
            turn = (turn + 1) % SPINNER.length();
            return String.format(Locale.ROOT, "%c %3.0f s", SPINNER.charAt(turn), seconds);
        }
        int full = (int) Math.min(BAR, seconds * 1e3 / expected.toMillis() * BAR);
        return String.format(Locale.ROOT, "[%s%s] %2.0f of %d s", "#".repeat(full), ".".repeat(BAR - full), seconds, expected.toSeconds());
    }

    @Override
    public void close() {
        closed = true;
        painter.interrupt();
        synchronized (this) {
            erase();
            out.flush();
        }
    }
}
