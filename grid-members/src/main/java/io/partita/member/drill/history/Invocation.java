package io.partita.member.drill.history;

import java.util.List;

/**
 * A client begins to ask.
 *
 * @param call      number within the file
 * @param client    number of the client within the file; it asks one thing at a time, except in a storm of duplicates
 * @param via       how it asks
 * @param target    whom: a URL, or the grid
 * @param movements what it asks for, unless it opens or reads accounts
 * @param account   the account that is read, or the first of those that are opened; else 0
 * @param seen      for a read, the highest sequence that the client has seen; else 0
 * @param attempt   1 for the first time that these ids are asked for, 2 for the first repeat
 * @param nanos     monotonic, {@link System#nanoTime}
 */
public record Invocation(long call, int client, Via via, String target, Operation operation, List<Movement> movements, long account, long seen,
                         int attempt, long nanos) {

    /** How a client asks. */
    public enum Via {
        GRID, REST
    }

    public Invocation {
        movements = List.copyOf(movements);
    }
}
