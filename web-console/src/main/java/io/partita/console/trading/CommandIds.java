package io.partita.console.trading;

import java.util.concurrent.ThreadLocalRandom;

/** Ids for commands: repeating one with its id is harmless. */
final class CommandIds {

    private CommandIds() {
    }

    static long next() {
        return ThreadLocalRandom.current().nextLong(1, 1L << 53);
    }
}
