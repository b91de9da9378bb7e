package io.partita.member.cli;

import io.partita.member.streams.TickReplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita submit replay FILE}: a file of ticks into the stream. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Plays a CSV file of trades and quotes into the stream of ticks, from here. docs/streams.md has the columns.",
    "Its instruments are listed; its records are taken as if they had come when they happened."},
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all records went into the stream", "1:it could not begin or go on", "2:the words were not understood",
            "3:the file was played, and some records could not be read"})
final class ReplayCommand implements Callable<Integer> {

    private static final int SOME_REFUSED = 3;
    private static final double MOST = 1_000;

    @Parameters(paramLabel = "FILE", description = "The ticks.")
    private Path file;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "0", description = "Times as quickly as it happened, up to 1000; 0 for as quickly as possible (0).")
    private double speed;

    @Option(names = "--source", paramLabel = "NAME", defaultValue = "replay", description = "What the source is called (${DEFAULT-VALUE}).")
    private String source;

    @Option(names = "--members", paramLabel = "HOST:PORT", split = ",", defaultValue = "127.0.0.1:5701", description = "Members of the grid (${DEFAULT-VALUE}).")
    private List<String> members;

    @Option(names = "--cluster", paramLabel = "NAME", defaultValue = "partita", description = "The cluster's name (${DEFAULT-VALUE}).")
    private String cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (!(speed >= 0 && speed <= MOST)) {
            throw new ParameterException(spec.commandLine(), "--speed is 0 to 1000.");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), "There is no readable file " + file + ".");
        }
        long began = System.nanoTime();
        try (LedgerConnection connection = LedgerConnection.open(cluster, members)) {
            TickReplay.Played played = new TickReplay(connection.hazelcast(), source, speed).play(file);
            double seconds = (System.nanoTime() - began) / 1e9;
            PrintWriter out = spec.commandLine().getOut();
            out.printf(Locale.ROOT, "%s: %,d ticks into the stream in %.1f s%n", file, played.sent(), seconds);
            played.refused().forEach((code, count) -> out.printf(Locale.ROOT, "  %-20s %,12d  %s%n", code, count, code.meaning()));
            out.flush();
            return played.refused().isEmpty() ? 0 : SOME_REFUSED;
        } catch (LedgerConnection.NoMember nobody) {
            spec.commandLine().getErr().println("partita: " + nobody.getMessage());
        } catch (IOException | UncheckedIOException unreadable) {
            spec.commandLine().getErr().println("partita: reading " + file + " failed: " + unreadable.getMessage());
        }
        return 1;
    }
}
