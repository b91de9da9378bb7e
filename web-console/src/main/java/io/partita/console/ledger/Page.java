package io.partita.console.ledger;

import java.util.List;

/** Some rows, and where to go on; null when there are no more. */
public record Page<T>(List<T> rows, String next) {

    public Page {
        rows = rows == null ? List.of() : List.copyOf(rows);
    }
}
