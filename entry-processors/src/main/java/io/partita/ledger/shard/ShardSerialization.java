package io.partita.ledger.shard;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Numbers in place of class names for what every batch sends to every shard that it touches, and gets back. */
public final class ShardSerialization implements DataSerializableFactory {

    /** Part of the wire format, as the numbers of the classes. */
    public static final int FACTORY = 7_100;
    static final int AUTHORIZE = 1;
    static final int AUTHORIZATION = 2;
    static final int SETTLE = 3;
    static final int ON_SHARDS = 4;
    static final int ANSWERS = 5;
    static final int KEEP_BALANCES = 6;

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case AUTHORIZE -> new Authorize();
            case AUTHORIZATION -> new Authorization();
            case SETTLE -> new Settle();
            case ON_SHARDS -> new OnShards<>();
            case ANSWERS -> new OnShards.Answers<>();
            case KEEP_BALANCES -> new KeepBalances();
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }
}
