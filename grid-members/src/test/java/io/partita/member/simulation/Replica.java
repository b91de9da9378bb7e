package io.partita.member.simulation;

import io.partita.ledger.shard.Shard;

/** A shard as one member has it. */
final class Replica {

    Shard shard;
    /** Changes sent to the backup so far, or taken from the owner. */
    long version;
    /** On its way to another member: its owner lets nothing happen to it. */
    boolean moving;
    /** A change was missed. */
    boolean torn;

    Replica(Shard shard, long version) {
        this.shard = shard;
        this.version = version;
    }
}
