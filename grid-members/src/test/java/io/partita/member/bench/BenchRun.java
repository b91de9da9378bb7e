package io.partita.member.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One run of a benchmark: what it is told, and what it hands over. Used by one thread. */
public final class BenchRun {

    private final boolean quick;
    private final String only;
    private final Path home;
    private final Path results;
    private final boolean profile;
    private final ProgressLine progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final long begun = System.nanoTime();
    private long startingNanos;

    BenchRun(boolean quick, String only, Path home, boolean profile, ProgressLine progress) {
        this.quick = quick;
        this.only = only;
        this.home = home;
        this.results = home.resolve("bench-results");
        this.profile = profile;
        this.progress = progress;
    }

    /** Something that starts processes: what it takes is no part of the measurement. */
    public interface Start<T> {
        T start() throws Exception;
    }

    /** Starts something, beside the clock of a quick run. */
    public <T> T starting(Start<T> start) throws Exception {
        long since = System.nanoTime();
        try {
            return start.start();
        } finally {
            startingNanos += System.nanoTime() - since;
        }
    }

    /** How long it took so far, in words: what starts took, and all else. */
    String took() {
        long starts = Math.round(startingNanos / 1e9);
        return "Took %d s, and %d s more for starts of the database and members".formatted(Math.round((System.nanoTime() - begun) / 1e9) - starts, starts);
    }

    /** True if all of it must end within a minute after start-up. */
    public boolean quick() {
        return quick;
    }

    /** How long to measure. */
    public Duration time(Duration thorough, Duration whenQuick) {
        return quick ? whenQuick : thorough;
    }

    /** Whether a row is asked for. */
    public boolean wants(String id) {
        return only == null || id.startsWith(only);
    }

    /** A folder for files that the benchmark needs while it runs, on a real disk. */
    public Path scratch() {
        return home.resolve("grid-members/target/bench");
    }

    /** Where results go. */
    public Path results() {
        return results;
    }

    /** Whether processes are to be recorded with the JVM's flight recorder. */
    public boolean profile() {
        return profile;
    }

    /** Says what is going on. */
    public void progress(String what) {
        progress.show(what);
    }

    /** Says something that stays to be read. */
    public void note(String line) {
        progress.keep("  " + line);
    }

    /** Notes a setting that the figures depend on. */
    public void setting(String name, Object value) {
        settings.put(name, value);
    }

    /** Hands a figure over. */
    public void row(Row row) {
        rows.add(row);
        progress.keep(Report.line(row));
    }

    /** Hands over how something grows; all of them are drawn beside each other, in a chart of their own. */
    public void curve(Curve curve) {
        curves.add(curve);
    }

    /** The value of a row that was measured before. */
    public OptionalDouble value(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).mapToDouble(Row::value).findFirst();
    }

    List<Row> rows() {
        return rows;
    }

    List<Curve> curves() {
        return curves;
    }

    Map<String, Object> settings() {
        return settings;
    }
}
