package io.partita.member.cli;

import io.partita.member.intake.RowFile;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code ./partita import prices FILE}; see docs/import.md. */
@Command(name = "prices",
        description = {"Streams a CSV file of daily prices to a running member: date, symbol (or Name), close, and as there are open, high, low, volume. Rates are"
        + " closes of pairs such as EUR/USD. Interrupted anywhere, the same command goes on where it was.", "docs/import.md has the details."})
final class ImportPricesCommand extends ImportRowsCommand {

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Of a file that has no column of symbols.")
    private String symbol;

    @Option(names = "--source", paramLabel = "NAME", description = "Who says so; left out, the import's name.")
    private String source;

    @Option(names = "--correct", showDefaultValue = Visibility.NEVER,
            description = "Correct prices of other imports where they differ; the old ones stay as earlier versions.")
    private boolean correct;

    @Override
    RowFile kind(Set<String> ignored) {
        return new RowFile.Prices(source, correct, symbol, ignored);
    }
}
