package io.partita.positions;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;

/** How positions travel; members and clients register the same. */
public final class PositionSerialization implements DataSerializableFactory {

    /** Part of the wire format, as the numbers of the classes. */
    public static final int FACTORY = 7_300;
    static final int PUT = 1;

    /** Adds the positions' serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.addDataSerializableFactory(FACTORY, new PositionSerialization());
        config.getCompactSerializationConfig().addSerializer(new KeySerializer()).addSerializer(new PositionSerializer());
    }

    @Override
    public IdentifiedDataSerializable create(int type) {
        if (type != PUT) {
            throw new IllegalArgumentException("Unknown type " + type);
        }
        return new PutPosition();
    }

    private static final class KeySerializer implements CompactSerializer<PositionKey> {

        @Override
        public PositionKey read(CompactReader in) {
            return new PositionKey(in.readInt64("account"), in.readInt64("instrument"));
        }

        @Override
        public void write(CompactWriter out, PositionKey key) {
            out.writeInt64("account", key.account());
            out.writeInt64("instrument", key.instrument());
        }

        @Override
        public String getTypeName() {
            return "io.partita.PositionKey";
        }

        @Override
        public Class<PositionKey> getCompactClass() {
            return PositionKey.class;
        }
    }

    private static final class PositionSerializer implements CompactSerializer<Position> {

        @Override
        public Position read(CompactReader in) {
            return new Position(in.readInt64("account"), in.readInt64("instrument"), in.readInt64("quantity"), in.readInt64("cost"),
                    in.readInt64("realized"), in.readInt64("fees"), in.readInt64("place"));
        }

        @Override
        public void write(CompactWriter out, Position position) {
            out.writeInt64("account", position.account());
            out.writeInt64("instrument", position.instrument());
            out.writeInt64("quantity", position.quantity());
            out.writeInt64("cost", position.cost());
            out.writeInt64("realized", position.realized());
            out.writeInt64("fees", position.fees());
            out.writeInt64("place", position.place());
        }

        @Override
        public String getTypeName() {
            return "io.partita.Position";
        }

        @Override
        public Class<Position> getCompactClass() {
            return Position.class;
        }
    }
}
