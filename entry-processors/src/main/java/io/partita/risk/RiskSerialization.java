package io.partita.risk;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.time.EpochNanos;

/** How changes of breaches travel; members and clients register the same. */
public final class RiskSerialization {

    private RiskSerialization() {
    }

    /** Adds the serializers of risk to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.getCompactSerializationConfig().addSerializer(new EventSerializer());
    }

    private static final class EventSerializer implements CompactSerializer<BreachEvent> {

        @Override
        public BreachEvent read(CompactReader in) {
            return new BreachEvent(in.readInt64("event"), in.readInt64("breach"), BreachChange.Kind.valueOf(in.readString("kind")), in.readString("limit"),
                    Scope.valueOf(in.readString("scope")), in.readString("target"), Measure.valueOf(in.readString("measure")), in.readBoolean("hard"),
                    in.readInt64("value"), in.readInt64("softLevel"), in.readInt64("hardLevel"), in.readString("currency"), in.readString("actor"),
                    EpochNanos.instant(in.readInt64("at")));
        }

        @Override
        public void write(CompactWriter out, BreachEvent event) {
            out.writeInt64("event", event.event());
            out.writeInt64("breach", event.breach());
            out.writeString("kind", event.kind().name());
            out.writeString("limit", event.limit());
            out.writeString("scope", event.scope().name());
            out.writeString("target", event.target());
            out.writeString("measure", event.measure().name());
            out.writeBoolean("hard", event.hard());
            out.writeInt64("value", event.value());
            out.writeInt64("softLevel", event.softLevel());
            out.writeInt64("hardLevel", event.hardLevel());
            out.writeString("currency", event.currency());
            out.writeString("actor", event.actor());
            out.writeInt64("at", EpochNanos.of(event.at()));
        }

        @Override
        public String getTypeName() {
            return "io.partita.BreachEvent";
        }

        @Override
        public Class<BreachEvent> getCompactClass() {
            return BreachEvent.class;
        }
    }
}
