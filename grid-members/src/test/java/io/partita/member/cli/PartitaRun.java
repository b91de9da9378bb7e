package io.partita.member.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** A run of the command line in this JVM: its exit status and all that it printed. */
public record PartitaRun(int status, String output) {

    public static PartitaRun of(Object... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        CommandLine line = Partita.commandLine().setOut(writer).setErr(writer);
        int status = line.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        writer.flush();
        return new PartitaRun(status, output.toString());
    }
}
