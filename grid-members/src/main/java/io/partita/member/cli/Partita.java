package io.partita.member.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line tools, as {@code ./partita} starts them. Exit status: 0 for success, 1 for a task that did not
 * succeed, 2 for words that were not understood.
 *
 * <p>A new verb is a picocli command class in {@link #COMMANDS}, and a line in the {@code partita} script.
 */
@Command(name = "partita", synopsisSubcommandLabel = "VERB", description = "Tools around the ledger.",
        mixinStandardHelpOptions = true)
public final class Partita implements Runnable {

    /** The verbs that are Java. */
    private static final List<Class<?>> COMMANDS = List.of(BacktestCommand.class, DiagnoseCommand.class, DrillCommand.class, ImportCommand.class, KeysCommand.class, RulesCommand.class,
            SubmitCommand.class, VerifyCommand.class);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Partita());
        COMMANDS.forEach(line::addSubcommand);
        SubmitCommand.takeOptionsOfJobs(line);
        return line.setCaseInsensitiveEnumValuesAllowed(true);
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
