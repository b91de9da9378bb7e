package io.partita.member.simulation;

/** Something that goes wrong for a while. Places are numbers of members; times are virtual milliseconds since the beginning. */
sealed interface Fault {

    long at();

    long length();

    /** The members of a set (one bit each) cannot talk to the others, and only one of the sides to the store, or both. */
    record Split(long at, long length, int side, boolean storeForSide, boolean storeForOthers) implements Fault {
    }

    /** What one member sends to another does not arrive. */
    record OneWay(long at, long length, int from, int to) implements Fault {
    }

    /** A member and the store do not hear each other. */
    record StoreCut(long at, long length, int member) implements Fault {
    }

    /** A member stops in the middle of whatever it does, and goes on later. */
    record Pause(long at, long length, int member) implements Fault {
    }

    /** A member dies; a new one starts in its place. */
    record Kill(long at, long length, int member) implements Fault {
    }

    /** The store crashes and comes back. */
    record StoreDown(long at, long length) implements Fault {
    }

    /** Everything takes many times longer. */
    record Slow(long at, long length, int factor) implements Fault {
    }
}
