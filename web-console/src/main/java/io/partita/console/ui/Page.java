package io.partita.console.ui;

import java.util.List;

/** Some rows of a longer list, and the cursor to go on from; null when there are no more. */
public record Page<T>(List<T> rows, String next) {

    public Page {
        rows = rows == null ? List.of() : List.copyOf(rows);
    }

    /** Where pages come from. */
    @FunctionalInterface
    public interface Source<T> {

        /** The page after the cursor, null for the first one. */
        Page<T> page(String cursor, int limit);
    }
}
