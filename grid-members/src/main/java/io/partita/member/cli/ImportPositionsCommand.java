package io.partita.member.cli;

import io.partita.member.intake.RowFile;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code ./partita import positions FILE}; see docs/import.md. */
@Command(name = "positions",
        description = {"Streams a CSV file of positions that were opened elsewhere to a running member: account, symbol, quantity, date, cost or price, and as there"
        + " are currency and fee. Interrupted anywhere, the same command goes on where it was.", "docs/import.md has the details."})
final class ImportPositionsCommand extends ImportRowsCommand {

    @Override
    RowFile kind(Set<String> ignored) {
        return new RowFile.Positions(ignored);
    }
}
