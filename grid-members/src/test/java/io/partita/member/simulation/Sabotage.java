package io.partita.member.simulation;

/** Ways to break the protocol on purpose, one at a time: whoever checks must notice each. */
public enum Sabotage {
    /** The protocol as it is. */
    NONE,
    /** The journal takes a batch whatever the epochs of its shards. */
    FENCING,
    /** The journal takes an id twice. */
    DEDUPLICATION,
    /** A shard applies an update when it comes, be it early or known. */
    SEQUENCE,
    /** After a split the state that changed last wins, and serves on. */
    MERGE,
    /** Callers are told that their transfers are booked before the commit has come back. */
    ACKNOWLEDGEMENT,
    /** A reservation is dropped after a while, whatever has become of its commit. */
    RESERVATION
}
