package io.partita.member.cli;

import static io.partita.member.cli.ImportProgressLine.format;

import io.partita.ledger.Refusal;
import io.partita.member.intake.ImportReport;
import io.partita.member.intake.ImportSettings;
import io.partita.member.intake.ImportStopped;
import io.partita.member.intake.Mapping;
import io.partita.member.intake.MappingException;
import io.partita.member.intake.RowCode;
import io.partita.member.intake.TransactionImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita import transactions FILE}; see docs/import.md. */
@Command(name = "transactions", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true,
        usageHelpAutoWidth = true,
        description = {"Streams a CSV file of transactions (UTF-8, or gzipped as .gz) into the running ledger. Interrupted anywhere,"
                + " the same command goes on where it was, and nothing is booked twice.", "docs/import.md has the details."},
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every row of the file is in the ledger", "1:it could not begin or go on; what to do is said",
            "2:the words were not understood", "3:the whole file was dealt with, and some rows were refused"})
final class ImportTransactionsCommand implements Callable<Integer> {

    private static final int STOPPED = 1;
    private static final int SOME_REFUSED = 3;
    /** Every code, of this tool and of the ledger, and what it means. */
    private static final Map<String, String> MEANINGS = Stream.concat(
            Arrays.stream(RowCode.values()).map(code -> Map.entry(code.name(), code.meaning())),
            // The codes that both have mean the same.
            Arrays.stream(Refusal.values()).map(code -> Map.entry(code.name(), code.meaning())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (tool, ledger) -> tool));

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The data.")
    private Path file;

    @Option(names = "--mapping", paramLabel = "FILE|NAME", description = "How columns become transfers: a mapping file, or one of"
            + " ibm-aml, plain. Left out, the header decides.")
    private String mapping;

    @Option(names = "--members", paramLabel = "HOST:PORT", split = ",", defaultValue = "127.0.0.1:5701",
            description = "Members of the grid.")
    private List<String> members;

    @Option(names = "--cluster", paramLabel = "NAME", defaultValue = "partita", description = "The cluster's name.")
    private String cluster;

    @Option(names = "--refused", paramLabel = "FILE", description = "Where refused rows go; left out, FILE.refused.csv.")
    private Path refused;

    @Option(names = "--progress", paramLabel = "FILE", description = "Where the place reached is kept; left out, FILE.progress.")
    private Path progress;

    @Option(names = "--restart", showDefaultValue = Visibility.NEVER, description = "Forget the place reached and send every row again;"
            + " rows that are in the ledger stay as they are.")
    private boolean restart;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the import, from which the transfers' ids follow; left"
            + " out, the file's content. Give one for a file to which rows are appended.")
    private String name;

    @Option(names = "--batch", paramLabel = "ROWS", defaultValue = "2000", description = "Rows that travel together.")
    private int rows;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "4", description = "Batches under way at once.")
    private int inFlight;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "600",
            description = "How long to repeat what the ledger cannot take.")
    private long patience;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ImportProgressLine line = new ImportProgressLine(out, System.console() != null && System.console().isTerminal());
        long began = System.nanoTime();
        String problem;
        try {
            ImportSettings settings = settings();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new NoSuchFileException(file.toString());
            }
            try (LedgerConnection connection = LedgerConnection.open(cluster, members)) {
                ImportReport report = new TransactionImport(connection.ledger(), settings, line).run();
                line.clear();
                print(out, settings, report, Duration.ofNanos(System.nanoTime() - began));
                return report.refused().isEmpty() ? 0 : SOME_REFUSED;
            }
        } catch (ImportStopped | MappingException | LedgerConnection.NoMember e) {
            problem = e.getMessage();
        } catch (IOException e) {
            problem = explained(e);
        }
        line.clear();
        err.println("partita: " + problem);
        return STOPPED;
    }

    private ImportSettings settings() {
        try {
            ImportSettings usual = ImportSettings.of(file);
            return usual.withMapping(mapping == null ? null : Mapping.load(mapping)).withName(name)
                    .withRefused(refused == null ? usual.refused() : refused)
                    .withProgress(progress == null ? usual.progress() : progress)
                    .withRestart(restart).withBatches(rows, inFlight).withPatience(Duration.ofSeconds(patience));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private String explained(IOException e) {
        return switch (e) {
            case NoSuchFileException missing when missing.getFile().equals(file.toString()) -> "there is no readable file " + file + ".";
            case AccessDeniedException denied -> "cannot write " + denied.getFile()
                    + ". Choose other places with --refused FILE and --progress FILE.";
            case FileSystemException other -> "cannot write " + other.getFile() + (other.getReason() == null ? "" : " ("
                    + other.getReason() + ")") + ". Choose other places with --refused FILE and --progress FILE.";
            default -> "reading or writing failed: " + e.getMessage() + ". Run the same command again to go on.";
        };
    }

    private void print(PrintWriter out, ImportSettings settings, ImportReport report, Duration took) {
        out.println(format("%s: %,d rows with the mapping %s, %.1f s in this run", file, report.rows(), report.mapping(),
                took.toMillis() / 1e3));
        out.println(format("  %-22s %,12d%s", "accepted", report.accepted(),
                report.repeated() == 0 ? "" : format("  (%,d of them were in the ledger before)", report.repeated())));
        out.println(format("  %-22s %,12d%s", "refused", report.refusedRows(),
                report.refused().isEmpty() ? "" : "  listed in " + settings.refused()));
        report.refused().forEach((code, count) -> out.println(format("    %-20s %,12d  %s", code, count, MEANINGS.getOrDefault(code, ""))));
        out.println(format("  %-22s %,12d", "accounts opened", report.accounts()));
        report.paid().forEach((currency, minor) -> out.println(format("  paid in %-14s %,20.2f".replace(".2", "." + currency.minorDigits()),
                currency, new BigDecimal(minor, currency.minorDigits()))));
        out.println("Debits and credits must be equal in each currency: curl http://127.0.0.1:8080/api/v1/ledger/trial-balance");
        out.flush();
    }
}
