package io.partita.member.ledger;

import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Where a shard's state comes from if no member has it: the journal and the states that were written down. Thread-safe. */
interface ShardSource {

    /**
     * The states of shards at the given sequences.
     *
     * @param targets shard number to the sequence to reach
     */
    Map<Integer, Shard> load(Map<Integer, Long> targets) throws SQLException;

    /** Updates of one shard after a sequence up to another, for a member that has missed some. */
    List<ShardUpdate> updates(int shard, long position, long after, long upTo) throws SQLException;

    /** The positions of the shards' last checkpoints; 0 for a shard that has none. */
    Map<Integer, Long> lastCheckpoints(List<Integer> shards) throws SQLException;

    /** Writes a shard's state down; the one before the last may go. */
    void checkpoint(Shard shard, byte[] state) throws SQLException;
}
