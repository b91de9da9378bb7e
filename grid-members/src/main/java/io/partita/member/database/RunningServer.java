package io.partita.member.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that runs on a folder, as its file postmaster.pid tells. */
record RunningServer(long pid, int port) {

    static Optional<RunningServer> of(Path files) {
        try {
            List<String> lines = Files.readAllLines(files.resolve("postmaster.pid"));
            RunningServer server = new RunningServer(Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip()));
            return server.alive() ? Optional.of(server) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // No file, or one that is being written.
            return Optional.empty();
        }
    }

    private boolean alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && postgres();
    }

    /** Neither a number that was given to another process since, nor a dead child that nobody has collected. */
    private boolean postgres() {
        Path status = Path.of("/proc/" + pid + "/stat");
        try {
            String text = Files.readString(status);
            String name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
            return name.startsWith("postgres") && text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // No such file system (macOS), or gone since.
            return !Files.isDirectory(Path.of("/proc/self"));
        }
    }
}
