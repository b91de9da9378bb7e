package io.partita.trading.venue;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Numbers in place of class names for what every batch of commands sends to its book, gets back and passes on to backups. */
public final class VenueSerialization implements DataSerializableFactory {

    /** Part of the wire format, as the numbers of the classes. */
    public static final int FACTORY = 7_200;
    static final int TRADE = 1;
    static final int FOLLOW = 2;
    static final int TRADED = 3;

    /** Adds the factory to the configuration of a member. */
    public static void register(SerializationConfig config) {
        config.addDataSerializableFactory(FACTORY, new VenueSerialization());
    }

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case TRADE -> new Trade();
            case FOLLOW -> new Trade.Follow();
            case TRADED -> new Traded();
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }
}
