package io.partita.member.cli;

import io.partita.member.intake.ImportListener;
import io.partita.member.intake.ImportReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how an import goes: on a terminal one line that is redrawn, elsewhere a line every ten seconds. Used by one
 * thread.
 */
final class ImportProgressLine implements ImportListener {

    private static final int WIDTH = 24;
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(10);
    /** The rate is that of the last few seconds, not of the whole run. */
    private static final Duration WINDOW = Duration.ofSeconds(4);

    private final PrintWriter out;
    private final boolean terminal;
    private String phase = "";
    private long phaseBegan;
    private long bytesBefore;
    private long shown;
    private long windowBegan;
    private long windowRows;
    private double rate;

    ImportProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void progress(String newPhase, long bytes, long total, ImportReport report) {
        long now = System.nanoTime();
        long rows = report == null ? 0 : report.rows();
        if (!newPhase.equals(phase)) {
            phase = newPhase;
            phaseBegan = now;
            shown = now;
            windowBegan = now;
            bytesBefore = bytes;
            windowRows = rows;
        }
        if (now - shown >= (terminal ? REDRAW : PLAIN_LINE).toNanos()) {
            shown = now;
            measure(now, rows);
            show(line(now, bytes, total, report));
        }
    }

    private void measure(long now, long rows) {
        if (now - windowBegan >= WINDOW.toNanos() || rate == 0) {
            rate = (rows - windowRows) * 1e9 / Math.max(1, now - windowBegan);
            windowBegan = now;
            windowRows = rows;
        }
    }

    private String line(long now, long bytes, long total, ImportReport report) {
        double part = total == 0 ? 1 : Math.min(1, bytes / (double) total);
        StringBuilder line = new StringBuilder(phase);
        if (terminal) {
            int full = (int) (part * WIDTH);
            line.append(" [").append("#".repeat(full)).append(".".repeat(WIDTH - full)).append(']');
        }
        line.append(format(" %3.0f%%", part * 100));
        if (report != null) {
            line.append(format("  %,d rows  %,.0f/s", report.rows(), rate));
        }
        long moved = bytes - bytesBefore;
        if (moved > 0 && total > bytes) {
            line.append("  ").append(time((now - phaseBegan) / 1e9 * (total - bytes) / moved)).append(" left");
        }
        if (report != null) {
            line.append(format("  %,d accepted, %,d refused", report.accepted(), report.refusedRows()));
        }
        return line.toString();
    }

    private void show(String line) {
        out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
        out.flush();
    }

    @Override
    public void note(String message) {
        clear();
        out.println(message);
        out.flush();
    }

    /** Takes the redrawn line away. */
    void clear() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : format("%d:%02d min", whole / 60, whole % 60);
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
