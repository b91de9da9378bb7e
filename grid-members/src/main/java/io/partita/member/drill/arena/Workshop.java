package io.partita.member.drill.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    Postmaster.of(folder.resolve("postgres")).ifPresent(server -> Signals.send(Signals.KILL, Signals.family(server)));
                    endProcessesOf(folder);
                    FileUtils.deleteQuietly(folder.toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members and clients have the folder on their command lines. */
    private static void endProcessesOf(Path folder) {
        List<Long> left = ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream()
                        .anyMatch(argument -> argument.contains(folder.toString())))
                .map(ProcessHandle::pid).toList();
        Signals.send(Signals.KILL, left);
    }
}
