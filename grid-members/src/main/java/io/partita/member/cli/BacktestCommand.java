package io.partita.member.cli;

import io.partita.member.strategy.BacktestReport;
import io.partita.trading.strategy.Backtest;
import io.partita.trading.strategy.BacktestResult;
import io.partita.trading.strategy.FillModel;
import io.partita.trading.strategy.Metrics;
import io.partita.trading.strategy.PriceBar;
import io.partita.trading.strategy.PriceFile;
import io.partita.trading.strategy.StrategyCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita backtest}: lets strategies trade through history. */
@Command(name = "backtest", mixinStandardHelpOptions = true, description = {
    "Lets strategies trade through bars or ticks from CSV files, and tells how they did.",
    "What a strategy orders can trade in the next bar at the earliest; it sees one bar at a time."})
final class BacktestCommand implements Callable<Integer> {

    private static final String ALL = "all";
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    @Parameters(arity = "0..*", paramLabel = "STRATEGY", description = "Some of --list, or all.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List the strategies and their parameters.")
    private boolean list;

    @Option(names = "--bars", paramLabel = "FILE", description = "Prices: CSV with a header. Once for each instrument.")
    private List<Path> files = List.of();

    @Option(names = "--symbol", paramLabel = "NAME", description = "Which instrument of a file that has several. Once for each instrument.")
    private List<String> symbols = List.of();

    @Option(names = "--set", paramLabel = "NAME=N", description = "A parameter of the strategy.")
    private Map<String, Double> parameters = Map.of();

    @Option(names = "--cash", paramLabel = "AMOUNT", defaultValue = "100000", description = "To begin with (${DEFAULT-VALUE}).")
    private BigDecimal cash;

    @Option(names = "--commission", paramLabel = "PART", defaultValue = "0.0005", description = "Of price times quantity (${DEFAULT-VALUE}).")
    private BigDecimal commission;

    @Option(names = "--slippage", paramLabel = "PART", defaultValue = "0.0005", description = "Of the price, of market and stop orders (${DEFAULT-VALUE}).")
    private BigDecimal slippage;

    @Option(names = "--share", paramLabel = "PART", defaultValue = "0.1", description = "Of a bar's volume that orders can get; 0 for no bound (${DEFAULT-VALUE}).")
    private BigDecimal share;

    @Option(names = "--decimals", paramLabel = "N", defaultValue = "2", description = "Of prices; further ones are rounded (${DEFAULT-VALUE}).")
    private int decimals;

    @Option(names = "--units", paramLabel = "N", defaultValue = "0", description = "Decimals of quantities: a unit is a 10^N-th (${DEFAULT-VALUE}).")
    private int units;

    @Option(names = "--report", paramLabel = "DIR", description = "Where backtest.html and backtest.json go (backtest-reports/TIME).")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            StrategyCatalogue.all().forEach(one -> out().printf("  %-14s %s%n  %-14s %s%n", one.name(), one.summary(), "", one.parameters()));
            out().flush();
            return 0;
        }
        if (decimals < 0 || decimals > 9 || units < 0 || units > 9) {
            throw wrong("--decimals and --units are 0 to 9.");
        }
        if (names.isEmpty()) {
            throw wrong("Name a strategy, or all; ./partita backtest --list has them.");
        }
        FillModel model = new FillModel(millionths("--commission", commission), millionths("--slippage", slippage), millionths("--share", share));
        List<List<PriceBar>> history = history();
        List<Backtest> backtests = chosen(history.size()).stream().map(one -> backtest(one, history, model)).toList();
        List<BacktestResult> results = Backtest.runAll(backtests, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 10));
        BacktestReport report = new BacktestReport(files.stream().map(file -> file.getFileName().toString()).distinct().toList(), model, decimals + units, results);
        table(report);
        Path page = report.write(folder != null ? folder : Path.of("backtest-reports", DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now())));
        out().println();
        out().println("  " + page.toAbsolutePath().normalize());
        out().flush();
        return 0;
    }

    private Backtest backtest(StrategyCatalogue one, List<List<PriceBar>> history, FillModel model) {
        try {
            long money = cash.movePointRight(decimals + units).longValueExact();
            return new Backtest(one.name(), one.with(parameters), history.subList(0, one.instruments()), money, model);
        } catch (IllegalArgumentException | ArithmeticException problem) {
            throw wrong(one.name() + ": " + problem.getMessage() + ".");
        }
    }

    private List<StrategyCatalogue> chosen(int instruments) {
        if (names.equals(List.of(ALL))) {
            return StrategyCatalogue.all().stream().filter(one -> one.instruments() <= instruments).toList();
        }
        List<StrategyCatalogue> chosen = new ArrayList<>();
        for (String name : names) {
            StrategyCatalogue one = StrategyCatalogue.named(name).orElseThrow(() -> wrong("There is no strategy " + name + "; ./partita backtest --list has them."));
            if (one.instruments() > instruments) {
                throw wrong(name + " trades " + one.instruments() + " instruments: give --bars twice, or --symbol twice for one file.");
            }
            chosen.add(one);
        }
        return chosen;
    }

    /** One instrument for each file or symbol, whichever are more. */
    private List<List<PriceBar>> history() throws IOException {
        if (files.isEmpty()) {
            throw wrong("Say where the prices are: --bars FILE.");
        }
        List<List<PriceBar>> history = new ArrayList<>();
        for (int i = 0; i < Math.max(files.size(), symbols.size()); i++) {
            Path file = files.get(Math.min(i, files.size() - 1));
            try {
                PriceFile read = PriceFile.read(file, symbols.isEmpty() ? null : symbols.get(Math.min(i, symbols.size() - 1)), decimals, units);
                out().printf("  %s: %,d bars%s%n", file.getFileName(), read.bars().size(), read.skipped() == 0 ? "" : ", %,d rows passed over".formatted(read.skipped()));
                history.add(read.bars());
            } catch (NoSuchFileException missing) {
                throw wrong("There is no file " + file + ".");
            } catch (IllegalArgumentException problem) {
                throw wrong(problem.getMessage() + ".");
            }
        }
        return history;
    }

    private int millionths(String option, BigDecimal part) {
        if (part.signum() < 0 || part.compareTo(BigDecimal.ONE) > 0) {
            throw wrong(option + " is 0 to 1, not " + part + ".");
        }
        return part.multiply(MILLION).intValue();
    }

    private void table(BacktestReport report) {
        out().println();
        out().printf(Locale.ROOT, "  %-14s %10s %10s %7s %8s %9s %9s %6s %9s %9s %7s%n", "strategy", "return", "a year", "Sharpe", "Sortino", "drawdown", "hit rate",
                "trips", "turnover", "exposure", "fills");
        for (BacktestResult result : report.results()) {
            Metrics metrics = result.metrics();
            out().printf(Locale.ROOT, "  %-14s %9.2f%% %9.2f%% %7.2f %8.2f %8.2f%% %8.1f%% %6d %9.2f %8.1f%% %7d%n", result.name(), 100 * metrics.totalReturn(),
                    100 * metrics.annualReturn(), metrics.sharpe(), metrics.sortino(), 100 * metrics.maxDrawdown(), 100 * metrics.hitRate(),
                    metrics.roundTrips(), metrics.turnover(), 100 * metrics.exposure(), metrics.fills());
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
