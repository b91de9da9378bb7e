package io.partita.member.drill.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The folders in which drills keep what they need while they run: one for each, named by its process, beside PostgreSQL's programs. */
final class Workshop {

    private static final Path ROOT = Path.of(System.getProperty("java.io.tmpdir"), "partita-drills-" + System.getProperty("user.name"));
    private static final String PREFIX = "run-";

    private Workshop() {
    }

    static Path newFolder() {
        try {
            Files.createDirectories(ROOT);
            return Files.createTempDirectory(ROOT, PREFIX + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where everything is that outlives a run. */
    static Path root() {
        return ROOT;
    }

    static Path binaries() {
        return ROOT.resolve("postgres-18.6.0");
    }

    /** Ends what earlier runs left running and takes their folders away. */
    static void removeLeftovers() {
        if (!Files.isDirectory(ROOT)) {
            return;
        }
        try (Stream<Path> folders = Files.list(ROOT)) {
            for (Path folder : folders.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList()) {
                long owner = Long.parseLong(folder.getFileName().toString().split("-")[1]);
                if (ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty()) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends whatever still works in a folder, and takes the folder away. */
    static void remove(Path folder) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        do {
            Postmaster.of(folder.resolve("postgres")).ifPresent(server -> Signals.send(Signals.KILL, Signals.family(server)));
            endProcessesOf(folder);
            // What has just been killed may have been writing.
        } while (!FileUtils.deleteQuietly(folder.toFile()) && Files.exists(folder) && System.nanoTime() < end);
    }

    /** Members have the folder on their command lines. */
    private static void endProcessesOf(Path folder) {
        List<Long> left = ProcessHandle.allProcesses().filter(process -> commandLine(process).contains(folder.toString()))
                .map(ProcessHandle::pid).toList();
        Signals.send(Signals.KILL, left);
    }

    /** With a class path in it, it is longer than what {@link ProcessHandle.Info} has room for. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrNotLinux) {
            return process.info().commandLine().orElse("");
        }
    }
}
