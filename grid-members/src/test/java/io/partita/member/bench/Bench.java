package io.partita.member.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.partita.member.bench.edge.EdgeBench;
import io.partita.member.bench.kernels.VarBench;
import io.partita.member.bench.ledger.LedgerBench;
import io.partita.member.bench.ledger.QueriesBench;
import io.partita.member.bench.matching.MatchingBench;
import io.partita.member.bench.matching.VenueBench;
import io.partita.member.bench.risk.RiskBench;
import io.partita.member.bench.streams.TicksBench;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita bench}: runs benchmarks by name. Exit status 1 if one failed, 2 for words that were not understood. */
@Command(name = "partita bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs a benchmark beside its baseline on the same input; prints a table, writes bench-results/NAME.json and NAME.svg.")
public final class Bench implements Callable<Integer> {

    /** The benchmarks there are. */
    static final List<Benchmark> ALL = List.of(new LedgerBench(), new QueriesBench(), new MatchingBench(), new VenueBench(), new TicksBench(),
            new VarBench(), new RiskBench(), new EdgeBench());

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "a benchmark, or 'all'")
    private List<String> names = List.of();

    @Option(names = "--list", description = "list the benchmarks")
    private boolean list;

    @Option(names = "--quick", description = "end within a minute after start-up; the same rows, less certain")
    private boolean quick;

    @Option(names = "--only", paramLabel = "PREFIX", description = "only rows of which the id begins like this, and their baselines")
    private String only;

    @Option(names = "--profile", description = "record the processes that are measured, as bench-results/*.jfr")
    private boolean profile;

    @Spec
    private CommandSpec spec;

    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (list || names.isEmpty()) {
            ALL.forEach(benchmark -> out.printf("  %-14s %s%n", benchmark.name(), benchmark.about()));
            return 0;
        }
        for (Benchmark benchmark : chosen()) {
            run(benchmark);
        }
        return 0;
    }

    private List<Benchmark> chosen() {
        if (names.equals(List.of("all"))) {
            return ALL;
        }
        return names.stream().map(name -> ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no benchmark '" + name + "'. There are: "
                        + String.join(", ", ALL.stream().map(Benchmark::name).toList()) + ", all."))).toList();
    }

    private void run(Benchmark benchmark) throws Exception {
        ProgressLine progress = new ProgressLine(out, System.console() != null && System.console().isTerminal());
        BenchRun run = new BenchRun(quick, only, home(), profile, progress);
        var machine = Machine.description();
        out.println("Benchmark " + benchmark.name() + (quick ? " (quick)" : "") + ": " + benchmark.about());
        out.println(Report.heading());
        try {
            benchmark.run(run);
        } finally {
            // What was measured before something failed is worth keeping.
            progress.clear();
            report(benchmark, machine, run);
        }
    }

    private void report(Benchmark benchmark, Map<String, Object> machine, BenchRun run) throws IOException {
        Report report = new Report(benchmark.name(), machine, run.settings(), run.rows(), run.curves());
        out.println();
        report.remarks().forEach(line -> out.println("  " + line));
        out.println("  " + run.took());
        report.write(run.results());
        out.println("  Written: " + run.results().resolve(benchmark.name() + ".json") + " and .svg");
    }

    /** The folder of the checkout: the classes lie in {@code grid-members/target/test-classes} of it. */
    private static Path home() {
        try {
            return Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent().getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
