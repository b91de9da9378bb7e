package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.LedgerNames;
import java.io.IOException;

/**
 * Shards that lie in one entry of the map, so that one call reaches all of them ({@link OnShards}). They have nothing else in common.
 * Touched by the partition's thread alone.
 */
public final class ShardTray implements DataSerializable {

    private final Shard[] shards = new Shard[LedgerNames.SHARD_COUNT / LedgerNames.TRAY_COUNT];

    /** The shard of this number; null if it is not loaded. */
    Shard get(int shard) {
        return shards[shard / LedgerNames.TRAY_COUNT];
    }

    void set(Shard shard) {
        shards[shard.number() / LedgerNames.TRAY_COUNT] = shard;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        for (Shard shard : shards) {
            out.writeBoolean(shard != null);
            if (shard != null) {
                shard.writeData(out);
            }
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        for (int i = 0; i < shards.length; i++) {
            if (in.readBoolean()) {
                shards[i] = new Shard();
                shards[i].readData(in);
            }
        }
    }
}
