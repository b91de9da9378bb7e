package io.partita.marketdata.surveillance;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import java.util.List;

/** How alerts of surveillance travel; members and clients register the same. Practices travel by name. */
public final class SurveillanceSerialization {

    private SurveillanceSerialization() {
    }

    /** Adds the serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.getCompactSerializationConfig().addSerializer(new EvidenceSerializer()).addSerializer(new AlertSerializer());
    }

    private static final class EvidenceSerializer implements CompactSerializer<Evidence> {

        @Override
        public Evidence read(CompactReader in) {
            return new Evidence(in.readInt64("sequence"), in.readInt64("time"), in.readInt64("order"), in.readString("role"), in.readInt64("price"),
                    in.readInt64("quantity"));
        }

        @Override
        public void write(CompactWriter out, Evidence evidence) {
            out.writeInt64("sequence", evidence.sequence());
            out.writeInt64("time", evidence.time());
            out.writeInt64("order", evidence.order());
            out.writeString("role", evidence.role());
            out.writeInt64("price", evidence.price());
            out.writeInt64("quantity", evidence.quantity());
        }

        @Override
        public String getTypeName() {
            return "io.partita.marketdata.Evidence";
        }

        @Override
        public Class<Evidence> getCompactClass() {
            return Evidence.class;
        }
    }

    private static final class AlertSerializer implements CompactSerializer<SurveillanceAlert> {

        @Override
        public SurveillanceAlert read(CompactReader in) {
            return new SurveillanceAlert(in.readInt64("instrument"), Practice.valueOf(in.readString("practice")), in.readInt64("owner"),
                    in.readInt64("from"), in.readInt64("to"), in.readFloat64("score"), in.readInt32("cycles"),
                    List.of(in.readArrayOfCompact("evidence", Evidence.class)), in.readString("explanation"));
        }

        @Override
        public void write(CompactWriter out, SurveillanceAlert alert) {
            out.writeInt64("instrument", alert.instrument());
            out.writeString("practice", alert.practice().name());
            out.writeInt64("owner", alert.owner());
            out.writeInt64("from", alert.from());
            out.writeInt64("to", alert.to());
            out.writeFloat64("score", alert.score());
            out.writeInt32("cycles", alert.cycles());
            out.writeArrayOfCompact("evidence", alert.evidence().toArray(Evidence[]::new));
            out.writeString("explanation", alert.explanation());
        }

        @Override
        public String getTypeName() {
            return "io.partita.marketdata.SurveillanceAlert";
        }

        @Override
        public Class<SurveillanceAlert> getCompactClass() {
            return SurveillanceAlert.class;
        }
    }
}
