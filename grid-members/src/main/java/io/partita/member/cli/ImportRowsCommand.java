package io.partita.member.cli;

import static io.partita.member.cli.ImportProgressLine.format;

import io.partita.member.intake.ImportReport;
import io.partita.member.intake.ImportSettings;
import io.partita.member.intake.ImportStopped;
import io.partita.member.intake.RowFile;
import io.partita.member.intake.RowImport;
import io.partita.member.positions.PositionClient;
import io.partita.positions.PositionRefusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ./partita import prices FILE} and {@code ./partita import positions FILE} have in common; see docs/import.md. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every row of the file was taken", "1:it could not begin or go on; what to do is said", "2:the words were not understood",
            "3:the whole file was dealt with, and some rows were refused"})
abstract class ImportRowsCommand implements Callable<Integer> {

    private static final int STOPPED = 1;
    private static final int SOME_REFUSED = 3;
    private static final Map<String, String> MEANINGS = Arrays.stream(PositionRefusal.values())
            .collect(Collectors.toMap(Enum::name, PositionRefusal::meaning));

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The data: CSV with a header line, UTF-8, or gzipped as .gz.")
    private Path file;

    @Option(names = "--member", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080", description = "A member.")
    private URI member;

    @Mixin
    private KeyOption key;

    @Option(names = "--ignore", paramLabel = "NAME", split = ",", description = "Columns that are passed over.")
    private Set<String> ignored = Set.of();

    @Option(names = "--refused", paramLabel = "FILE", description = "Where refused rows go; left out, FILE.refused.csv.")
    private Path refused;

    @Option(names = "--progress", paramLabel = "FILE", description = "Where the place reached is kept; left out, FILE.progress.")
    private Path progress;

    @Option(names = "--restart", showDefaultValue = Visibility.NEVER,
            description = "Forget the place reached and send every row again; what is there stays as it is.")
    private boolean restart;

    @Option(names = "--name", paramLabel = "NAME",
            description = "Name of the import, by which rows are known with their lines; left out, the file's content. Give one for a"
            + " file to which rows are appended.")
    private String name;

    @Option(names = "--batch", paramLabel = "ROWS", defaultValue = "2000", description = "Rows that travel together.")
    private int rows;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "600", description = "How long to repeat what the member cannot take.")
    private long patience;

    /** What the file is. @param columns that are passed over */
    abstract RowFile kind(Set<String> columns);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ImportProgressLine line = new ImportProgressLine(out, System.console() != null && System.console().isTerminal());
        long began = System.nanoTime();
        String problem;
        ImportSettings settings = settings();
        try (PositionClient client = client()) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new NoSuchFileException(file.toString());
            }
            RowImport rowImport = new RowImport(client, settings, kind(ignored), line);
            ImportReport report = rowImport.run();
            line.clear();
            print(out, settings, report, rowImport.corrected(), Duration.ofNanos(System.nanoTime() - began));
            return report.refused().isEmpty() ? 0 : SOME_REFUSED;
        } catch (ImportStopped stopped) {
            problem = stopped.getMessage();
        } catch (NoSuchFileException missing) {
            problem = "there is no readable file " + missing.getFile() + ".";
        } catch (AccessDeniedException denied) {
            problem = "cannot write " + denied.getFile() + ". Choose other places with --refused FILE and --progress FILE.";
        } catch (IOException e) {
            problem = "reading or writing failed: " + e.getMessage() + ". Run the same command again to go on.";
        }
        line.clear();
        spec.commandLine().getErr().println("partita: " + problem);
        return STOPPED;
    }

    private PositionClient client() {
        if (member.getHost() == null || !"http".equals(member.getScheme()) && !"https".equals(member.getScheme())) {
            throw new ParameterException(spec.commandLine(), "--member is an address such as http://127.0.0.1:8080, not " + member + ".");
        }
        return PositionClient.of(member, key.key());
    }

    private ImportSettings settings() {
        try {
            ImportSettings usual = ImportSettings.of(file);
            return usual.withName(name).withRefused(refused == null ? usual.refused() : refused)
                    .withProgress(progress == null ? usual.progress() : progress)
                    .withRestart(restart).withBatches(rows, 1).withPatience(Duration.ofSeconds(patience));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void print(PrintWriter out, ImportSettings settings, ImportReport report, long corrected, Duration took) {
        out.println(format("%s: %,d rows of %s, %.1f s in this run", file, report.rows(), report.mapping(), took.toMillis() / 1e3));
        out.println(format("  %-22s %,12d%s%s", "accepted", report.accepted(),
                report.repeated() == 0 ? "" : format("  (%,d of them were there before)", report.repeated()),
                corrected == 0 ? "" : format("  (%,d of them corrected others)", corrected)));
        out.println(format("  %-22s %,12d%s", "refused", report.refusedRows(),
                report.refused().isEmpty() ? "" : "  listed in " + settings.refused()));
        report.refused().forEach((code, count) -> out.println(format("    %-20s %,12d  %s", code, count, MEANINGS.getOrDefault(code, ""))));
        out.flush();
    }
}
