package io.partita.member.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partita import}: data from files into a running member. */
@Command(name = "import", synopsisSubcommandLabel = "KIND", mixinStandardHelpOptions = true,
        description = "Reads data from a file into the running ledger, or prices and positions into a running member.",
        subcommands = {ImportTransactionsCommand.class, ImportPricesCommand.class, ImportPositionsCommand.class})
final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to import: partita import transactions FILE, prices FILE or positions FILE");
    }
}
