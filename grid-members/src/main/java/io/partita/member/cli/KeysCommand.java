package io.partita.member.cli;

import io.partita.member.security.SharedSecrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita keys}: what the members of a cluster have to share. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = {
    "Makes the keys and secrets that all members of a cluster share, each in a file that only its owner can read.",
    "What is there already stays as it is."})
final class KeysCommand implements Callable<Integer> {

    private static final String LINE = "  %-20s %-9s %-42s %s%n";

    @Parameters(paramLabel = "FOLDER", description = "Where they go; it is made if there is none.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<SharedSecrets, Boolean> made;
        try {
            made = SharedSecrets.make(folder);
        } catch (IOException e) {
            spec.commandLine().getErr().println("partita: " + folder + " cannot be written: " + e);
            return 1;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(folder);
        made.forEach((secret, now) -> out.printf(LINE, secret.file(), now ? "made" : "was there", secret.purpose(), "--" + secret.setting()));
        out.println("The console needs what is in the folder console, by --partita.console.key-file and --partita.grid.secret-file, and none of the others.");
        out.flush();
        return 0;
    }
}
