package io.partita.member.drill.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The first process of the PostgreSQL that runs on a folder. */
final class Postmaster {

    private Postmaster() {
    }

    static Optional<Long> of(Path folder) {
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("files/postmaster.pid")).getFirst().strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(Postmaster::postgres).map(ProcessHandle::pid);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Not another process that got the number since. */
    private static boolean postgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(true);
    }
}
