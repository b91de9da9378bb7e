package io.partita.ledger.shard;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.ledger.Balance;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts balances where no later ones are yet. What a member writes may be on its way for long, as when the network comes back after a split:
 * then the shard's next owner has written since, and the map must not go back.
 */
public final class KeepBalances implements EntryProcessor<Long, Balance, Void>, IdentifiedDataSerializable {

    private final Map<Long, Balance> balances = new HashMap<>();

    KeepBalances() {
    }

    /** Of the accounts whose keys it is sent to. */
    public KeepBalances(Collection<Balance> balances) {
        balances.forEach(balance -> this.balances.put(balance.account(), balance));
    }

    @Override
    public Void process(Map.Entry<Long, Balance> entry) {
        Balance there = entry.getValue();
        Balance given = balances.get(entry.getKey());
        if (there == null || there.sequence() <= given.sequence()) {
            entry.setValue(given);
        }
        return null;
    }

    @Override
    public int getFactoryId() {
        return ShardSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return ShardSerialization.KEEP_BALANCES;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(balances.size());
        for (Balance balance : balances.values()) {
            out.writeObject(balance);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            Balance balance = in.readObject();
            balances.put(balance.account(), balance);
        }
    }
}
