package io.partita.positions;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.live.KeepLive;
import io.partita.positions.live.KeepMark;
import io.partita.positions.live.LiveKey;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;
import io.partita.positions.live.LivePulse;
import io.partita.positions.live.TellPulse;
import io.partita.positions.product.Price;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How positions travel; members and clients register the same. */
public final class PositionSerialization implements DataSerializableFactory {

    /** Part of the wire format, as the numbers of the classes. */
    public static final int FACTORY = 7_300;
    static final int PUT = 1;
    public static final int KEEP_LIVE = 2;
    public static final int KEEP_MARK = 3;
    public static final int TELL_PULSE = 4;

    /** Adds the positions' serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.addDataSerializableFactory(FACTORY, new PositionSerialization());
        config.getCompactSerializationConfig().addSerializer(new KeySerializer()).addSerializer(new PositionSerializer())
                .addSerializer(new Plain<>(LiveKey.class, "io.partita.LiveKey", in -> new LiveKey(in.readInt64("account"), in.readString("symbol")), (out, key) -> {
                    out.writeInt64("account", key.account());
                    out.writeString("symbol", key.symbol());
                }))
                .addSerializer(new Plain<>(LivePortfolio.class, "io.partita.LivePortfolio", PositionSerialization::portfolio, PositionSerialization::portfolio))
                .addSerializer(new Plain<>(LivePosition.class, "io.partita.LivePosition", PositionSerialization::position, PositionSerialization::position))
                .addSerializer(new Plain<>(LiveMark.class, "io.partita.LiveMark", PositionSerialization::mark, PositionSerialization::mark))
                .addSerializer(new Plain<>(LivePulse.class, "io.partita.LivePulse", PositionSerialization::pulse, PositionSerialization::pulse));
    }

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case PUT -> new PutPosition();
            case KEEP_LIVE -> new KeepLive<>();
            case KEEP_MARK -> new KeepMark();
            case TELL_PULSE -> new TellPulse();
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }

    private static LivePortfolio portfolio(CompactReader in) {
        Totals totals = new Totals(in.readInt64("worth"), in.readInt64("exposure"), in.readInt64("realized"), in.readInt64("realizedFx"), in.readInt64("unrealized"),
                in.readInt64("unrealizedFx"), in.readInt64("fees"), in.readInt64("income"), in.readInt32("positions"), in.readInt32("unpriced"));
        return new LivePortfolio(in.readString("code"), Level.valueOf(in.readString("level")), in.readString("parent"), in.readString("base"), in.readInt64("run"),
                in.readInt64("revision"), in.readString("day"), totals, in.readInt64("gain"), in.readNullableInt64("dayGain"), in.readNullableFloat64("valueAtRisk"),
                in.readInt64("riskTime"), in.readInt32("riskLeft"), in.readInt32("refused"), in.readInt64("time"), in.readInt64("told"));
    }

    private static void portfolio(CompactWriter out, LivePortfolio row) {
        Totals totals = row.totals();
        out.writeString("code", row.code());
        out.writeString("level", row.level().name());
        out.writeString("parent", row.parent());
        out.writeString("base", row.base());
        out.writeInt64("run", row.run());
        out.writeInt64("revision", row.revision());
        out.writeString("day", row.day());
        out.writeInt64("worth", totals.worth());
        out.writeInt64("exposure", totals.exposure());
        out.writeInt64("realized", totals.realized());
        out.writeInt64("realizedFx", totals.realizedFx());
        out.writeInt64("unrealized", totals.unrealized());
        out.writeInt64("unrealizedFx", totals.unrealizedFx());
        out.writeInt64("fees", totals.fees());
        out.writeInt64("income", totals.income());
        out.writeInt32("positions", totals.positions());
        out.writeInt32("unpriced", totals.unpriced());
        out.writeInt64("gain", row.gain());
        out.writeNullableInt64("dayGain", row.dayGain());
        out.writeNullableFloat64("valueAtRisk", row.valueAtRisk());
        out.writeInt64("riskTime", row.riskTime());
        out.writeInt32("riskLeft", row.riskLeft());
        out.writeInt32("refused", row.refused());
        out.writeInt64("time", row.time());
        out.writeInt64("told", row.told());
    }

    private static LivePosition position(CompactReader in) {
        return new LivePosition(in.readInt64("account"), in.readString("symbol"), in.readString("book"), in.readString("currency"), in.readString("base"),
                in.readInt64("run"), in.readInt64("revision"), in.readInt64("quantity"), in.readInt32("quantityScale"), in.readDecimal("price"), in.readInt64("priceTime"),
                in.readNullableInt64("worth"), in.readNullableInt64("worthInBase"), in.readNullableInt64("realized"), in.readNullableInt64("unrealized"),
                in.readNullableInt64("unrealizedFx"), in.readNullableInt64("income"), in.readNullableInt64("fees"), in.readString("missing"));
    }

    private static void position(CompactWriter out, LivePosition row) {
        out.writeInt64("account", row.account());
        out.writeString("symbol", row.symbol());
        out.writeString("book", row.book());
        out.writeString("currency", row.currency());
        out.writeString("base", row.base());
        out.writeInt64("run", row.run());
        out.writeInt64("revision", row.revision());
        out.writeInt64("quantity", row.quantity());
        out.writeInt32("quantityScale", row.quantityScale());
        out.writeDecimal("price", row.price());
        out.writeInt64("priceTime", row.priceTime());
        out.writeNullableInt64("worth", row.worth());
        out.writeNullableInt64("worthInBase", row.worthInBase());
        out.writeNullableInt64("realized", row.realized());
        out.writeNullableInt64("unrealized", row.unrealized());
        out.writeNullableInt64("unrealizedFx", row.unrealizedFx());
        out.writeNullableInt64("income", row.income());
        out.writeNullableInt64("fees", row.fees());
        out.writeString("missing", row.missing());
    }

    private static LiveMark mark(CompactReader in) {
        return new LiveMark(in.readString("symbol"), new Price(in.readDecimal("price")), in.readInt64("time"), in.readInt64("number"), in.readInt64("received"),
                in.readString("source"));
    }

    private static void mark(CompactWriter out, LiveMark mark) {
        out.writeString("symbol", mark.symbol());
        out.writeDecimal("price", mark.price().value());
        out.writeInt64("time", mark.time());
        out.writeInt64("number", mark.number());
        out.writeInt64("received", mark.received());
        out.writeString("source", mark.source());
    }

    private static LivePulse pulse(CompactReader in) {
        return new LivePulse(in.readInt64("run"), in.readInt64("time"), in.readInt64("read"), in.readInt32("positions"), in.readInt64("rounds"), in.readInt64("marks"),
                in.readInt64("conflated"), in.readInt64("late"));
    }

    private static void pulse(CompactWriter out, LivePulse pulse) {
        out.writeInt64("run", pulse.run());
        out.writeInt64("time", pulse.time());
        out.writeInt64("read", pulse.read());
        out.writeInt32("positions", pulse.positions());
        out.writeInt64("rounds", pulse.rounds());
        out.writeInt64("marks", pulse.marks());
        out.writeInt64("conflated", pulse.conflated());
        out.writeInt64("late", pulse.late());
    }

    /** A serializer of two functions. */
    private record Plain<T>(Class<T> type, String name, Function<CompactReader, T> reading, BiConsumer<CompactWriter, T> writing) implements CompactSerializer<T> {

        @Override
        public T read(CompactReader in) {
            return reading.apply(in);
        }

        @Override
        public void write(CompactWriter out, T value) {
            writing.accept(out, value);
        }

        @Override
        public String getTypeName() {
            return name;
        }

        @Override
        public Class<T> getCompactClass() {
            return type;
        }
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
