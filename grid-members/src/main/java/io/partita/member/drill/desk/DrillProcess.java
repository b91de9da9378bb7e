package io.partita.member.drill.desk;

import io.partita.member.drill.DrillMessage;
import io.partita.member.drill.DrillMessage.Kind;
import io.partita.member.drill.arena.JavaCommand;
import io.partita.member.drill.desk.DrillState.Line;
import io.partita.member.drill.desk.DrillState.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of a drill. It works in a folder of its own and is told nothing of this member's settings, so that nothing of it can get into the live grid. Thread-safe.
 */
final class DrillProcess {

    /** More lines are counted and not kept. */
    static final int MOST_LINES = 4_000;
    private static final int LONGEST_LINE = 2_000;
    private static final String HEAP = "512m";
    private static final String MAIN = "io.partita.member.cli.Partita";
    private static final JsonMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Process process;
    private final Path report;
    private final String drill;
    private final InstantSource clock;
    private final Thread reader;
    private final Deque<Line> untold = new ArrayDeque<>();
    private Progress progress = Progress.NONE;
    private String sentence = "";
    private boolean verdict;
    private int lines;

    private DrillProcess(Process process, Path report, String drill, InstantSource clock) {
        this.process = process;
        this.report = report;
        this.drill = drill;
        this.clock = clock;
        reader = Thread.ofVirtual().name("drill-" + drill).start(this::read);
    }

    static DrillProcess start(DrillState run, Path folder, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        Path report = folder.resolve("report");
        List<String> command = JavaCommand.of(HEAP, MAIN, System.getProperty("java.class.path"), List.of(), List.of("drill", run.drill(), "--progress", "json",
                "--transport", run.transport(), "--members", Integer.toString(run.members()), "--seconds", Integer.toString(run.seconds()), "--rate", Integer.toString(run.rate()),
                "--seed", Long.toString(run.seed()), "--report", report.toString()));
        ProcessBuilder builder = new ProcessBuilder(absolute(command)).directory(folder.toFile()).redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        // Members of the drill read the environment and the working folder, too: what is meant for this one must not reach them.
        builder.environment().keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("PARTITA") || name.toUpperCase(Locale.ROOT).startsWith("SPRING"));
        return new DrillProcess(builder.start(), report, run.drill(), clock);
    }

    /** The class path may have been given from where this process works; the new one works elsewhere. */
    private static List<String> absolute(List<String> command) {
        List<String> all = new ArrayList<>(command);
        int place = all.indexOf("-cp") + 1;
        all.set(place, String.join(java.io.File.pathSeparator, List.of(all.get(place).split(java.io.File.pathSeparator)).stream().filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().toString()).toList()));
        return all;
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(message(line));
            }
        } catch (IOException gone) {
            // It was ended.
        }
    }

    private static DrillMessage message(String line) {
        if (line.startsWith("{")) {
            try {
                DrillMessage message = JSON.readValue(line, DrillMessage.class);
                if (message.kind() != null) {
                    return message;
                }
            } catch (JacksonException other) {
                // Some other line that begins like that.
            }
        }
        return DrillMessage.text(shortened(line));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text;
    }

    private synchronized void take(DrillMessage message) {
        switch (message.kind()) {
            case PHASE -> progress = new Progress(message.what(), clock.instant(), message.expectedMillis() == null ? 0 : message.expectedMillis(), List.of());
            case THROUGHPUT -> progress = new Progress(progress.phase(), progress.since(), progress.expectedMillis(), message.sides() == null ? List.of() : message.sides());
            case ENDED -> {
                sentence = message.what();
                verdict = true;
            }
            case TEXT -> words(message.what());
            case BEGINS, EVENT, CHECK -> { }
        }
        boolean blank = message.kind() == Kind.TEXT && message.what().isBlank();
        if (message.kind() != Kind.THROUGHPUT && !blank && lines < MOST_LINES) {
            untold.add(new Line(++lines, message));
        }
    }

    /** Without a verdict its last words say why; what to do about it stands below them, further in. */
    private void words(String line) {
        if (!verdict && !line.isBlank()) {
            sentence = shortened(line.startsWith("  ") ? sentence + " " + line.strip() : line);
        }
    }

    synchronized Progress progress() {
        return progress;
    }

    /** What came of it, in a sentence; empty if it did not say. */
    synchronized String sentence() {
        return sentence;
    }

    /** What it said since it was asked last. */
    synchronized List<Line> said() {
        List<Line> said = List.copyOf(untold);
        untold.clear();
        return said;
    }

    /** The exit status, once it is over and all that it said is here. */
    OptionalInt ended() {
        return process.isAlive() || reader.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Waits for its end for a while. */
    boolean await(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Lets it take away what it made, and end. */
    void stop() {
        process.destroy();
    }

    /** Ends it at once; the next drill takes away what is left. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The report as a page; null if there is none. */
    String page() {
        return text(".html");
    }

    /** The report as JSON; null if there is none. */
    String document() {
        return text(".json");
    }

    private String text(String ending) {
        Path file = report.resolve(drill + ending);
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
