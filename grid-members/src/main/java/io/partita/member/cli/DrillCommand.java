package io.partita.member.cli;

import io.partita.member.drill.Drill;
import io.partita.member.drill.DrillLines;
import io.partita.member.drill.DrillListener;
import io.partita.member.drill.DrillOptions;
import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.drill.DrillSeries;
import io.partita.member.drill.DrillCatalogue;
import io.partita.member.drill.arena.CannotRun;
import io.partita.member.drill.report.DrillReport;
import io.partita.member.drill.report.ReportFolder;
import io.partita.member.drill.report.TerminalSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita drill}: breaks a real cluster on purpose and proves what it kept. */
@Command(name = "drill", mixinStandardHelpOptions = true, description = {
    "Starts a cluster of its own, loads it, breaks it, mends it, and holds what clients were told against journal and grid.",
    "Exit status: 0 when everything held, 1 when something did not, 2 when the drill could not be run."})
final class DrillCommand implements Callable<Integer> {

    private static final int PASSED = 0;
    private static final int VIOLATED = 1;
    private static final int NOT_RUN = 2;
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Some of --list, or all.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List the drills.")
    private boolean list;

    @Option(names = "--members", defaultValue = "" + DrillOptions.MEMBERS, paramLabel = "N", description = "Members of the cluster, 2 to 9 (${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--seconds", defaultValue = "" + DrillOptions.SECONDS, paramLabel = "S",
            description = "Seconds of load: a fifth of them before the fault, two fifths under it, two after (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rate", defaultValue = "" + DrillOptions.RATE, paramLabel = "R",
            description = "Calls a second that each client process asks for; there is one beside each member (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seed", paramLabel = "X", description = "Chooses what is broken and when; the report names it. Any, unless given.")
    private Long seed;

    @Option(names = "--report", paramLabel = "DIR", description = "Where the report, the logs and the clients' histories go (drill-reports/TIME-NAME).")
    private Path report;

    @Option(names = "--transport", paramLabel = "KIND", defaultValue = "namespaces",
            description = "namespaces: network namespaces of Linux, as root; loopback: relays on this machine's own addresses (${DEFAULT-VALUE}).")
    private Transport transport;

    @Option(names = "--progress", paramLabel = "FORM", defaultValue = "text", description = "text, or json: a line of JSON for each thing that happens (${DEFAULT-VALUE}).")
    private Progress progress;

    @Option(names = "--sabotage", paramLabel = "WHAT", defaultValue = "", hidden = true,
            description = "Breaks the members' protocol, to see whether the checker notices.")
    private String sabotage;

    /** How it is told what happens. */
    enum Progress {
        TEXT, JSON
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (list) {
            out().print(DrillTable.text(DrillCatalogue.all()));
            out().flush();
            return PASSED;
        }
        List<Drill> drills = chosen();
        check("--members", members, 2, 9);
        check("--seconds", seconds, 5, 3_600);
        check("--rate", rate, 1, 100_000);
        DrillOptions options = new DrillOptions(members, seconds, rate, seed != null ? seed : new Random().nextInt(1_000_000), folder(), transport, sabotage);
        return run(drills, options);
    }

    private List<Drill> chosen() {
        if (names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name a drill, or all; ./partita drill --list has them.");
        }
        if (names.equals(List.of(DrillCatalogue.ALL))) {
            return DrillCatalogue.all();
        }
        return names.stream().map(name -> DrillCatalogue.named(name).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "There is no drill " + name + "; ./partita drill --list has them."))).toList();
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(spec.commandLine(), option + " is " + least + " to " + most + ", not " + value + ".");
        }
    }

    private Path folder() {
        Path folder = report != null ? report
                : Path.of("drill-reports", DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + "-" + names.getFirst());
        return folder.toAbsolutePath().normalize();
    }

    private int run(List<Drill> drills, DrillOptions options) {
        TerminalSummary summary = new TerminalSummary(TerminalSummary.coloursWanted());
        ReportFolder folder = new ReportFolder(options.report());
        List<DrillReport> reports = new ArrayList<>();
        List<DrillSeries.Failure> failures;
        try {
            failures = run(drills, options, report -> {
                reports.add(report);
                return summary.of(report) + "  report  " + folder.write(report);
            });
        } catch (CannotRun cannot) {
            out().println(cannot.getMessage());
            out().println("  " + cannot.action());
            out().flush();
            return NOT_RUN;
        } catch (InterruptedException stopped) {
            return NOT_RUN;
        }
        if (drills.size() > 1) {
            out().println(summary.of(reports) + "  index   " + folder.index(reports));
        }
        failures.forEach(failure -> out().println(failure.drill() + " could not be run to its end: " + failure.why()));
        out().flush();
        return reports.stream().anyMatch(report -> !report.passed()) ? VIOLATED : failures.isEmpty() ? PASSED : NOT_RUN;
    }

    private List<DrillSeries.Failure> run(List<Drill> drills, DrillOptions options, Function<DrillReport, String> ending) throws InterruptedException {
        if (progress == Progress.JSON) {
            return run(drills, options, new DrillLines(out(), ending::apply));
        }
        try (DrillProgress lines = new DrillProgress(out(), TerminalSummary.coloursWanted(), ending)) {
            return run(drills, options, lines);
        }
    }

    private static List<DrillSeries.Failure> run(List<Drill> drills, DrillOptions options, DrillListener listener) throws InterruptedException {
        try (DrillSeries series = new DrillSeries(options, listener)) {
            CountDownLatch over = new CountDownLatch(1);
            Thread farewell = farewell(series, over);
            Runtime.getRuntime().addShutdownHook(farewell);
            try {
                return series.run(drills);
            } finally {
                over.countDown();
                forget(farewell);
            }
        }
    }

    /** On Ctrl-C or SIGTERM: ends what is under way, and takes away what is left of it. The thread that ran it cannot end meanwhile: it exits, too. */
    private static Thread farewell(DrillSeries series, CountDownLatch over) {
        Thread running = Thread.currentThread();
        return new Thread(() -> {
            running.interrupt();
            try {
                over.await(FAREWELL.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            series.close();
        }, "farewell");
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException alreadyStopping) {
            // It runs, and does no harm.
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
