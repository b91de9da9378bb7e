package io.partita.member.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partita import}: data from files into the running ledger. */
@Command(name = "import", synopsisSubcommandLabel = "KIND", mixinStandardHelpOptions = true,
        description = "Reads data from a file into the running ledger.", subcommands = ImportTransactionsCommand.class)
final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to import: partita import transactions FILE");
    }
}
