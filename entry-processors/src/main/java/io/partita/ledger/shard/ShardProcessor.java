package io.partita.ledger.shard;

import io.partita.grid.StateProcessor;

/** What all processors of shards share. */
abstract class ShardProcessor<R> extends StateProcessor<Integer, Shard, R> {

    final boolean served(Shard shard) {
        return shard != null && shard.servedBy(member());
    }
}
