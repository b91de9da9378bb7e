package io.partita.marketdata.rules;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How rules travel; members and clients register the same. */
public final class RuleSerialization {

    private RuleSerialization() {
    }

    /** Adds the serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.getCompactSerializationConfig().addSerializer(new RuleSerializer()).addSerializer(new FailureSerializer());
    }

    private static final class RuleSerializer implements CompactSerializer<AlertRule> {

        @Override
        public AlertRule read(CompactReader in) {
            String size = in.readString("size");
            return new AlertRule(in.readString("name"), in.readInt64("version"), in.readString("condition"),
                    BarSize.parse(size).orElseThrow(() -> new IllegalArgumentException("no bar is of size " + size)),
                    Arrays.stream(in.readArrayOfInt64("instruments")).boxed().collect(Collectors.toSet()), Severity.valueOf(in.readString("severity")),
                    in.readBoolean("enabled"));
        }

        @Override
        public void write(CompactWriter out, AlertRule rule) {
            out.writeString("name", rule.name());
            out.writeInt64("version", rule.version());
            out.writeString("condition", rule.condition());
            out.writeString("size", rule.size().toString());
            out.writeArrayOfInt64("instruments", rule.instruments().stream().mapToLong(Long::longValue).sorted().toArray());
            out.writeString("severity", rule.severity().name());
            out.writeBoolean("enabled", rule.enabled());
        }

        @Override
        public String getTypeName() {
            return "io.partita.marketdata.AlertRule";
        }

        @Override
        public Class<AlertRule> getCompactClass() {
            return AlertRule.class;
        }
    }

    private static final class FailureSerializer implements CompactSerializer<RuleFailure> {

        @Override
        public RuleFailure read(CompactReader in) {
            return new RuleFailure(in.readString("rule"), in.readInt64("version"), in.readInt64("instrument"), in.readInt64("time"), in.readString("message"));
        }

        @Override
        public void write(CompactWriter out, RuleFailure failure) {
            out.writeString("rule", failure.rule());
            out.writeInt64("version", failure.version());
            out.writeInt64("instrument", failure.instrument());
            out.writeInt64("time", failure.time());
            out.writeString("message", failure.message());
        }

        @Override
        public String getTypeName() {
            return "io.partita.marketdata.RuleFailure";
        }

        @Override
        public Class<RuleFailure> getCompactClass() {
            return RuleFailure.class;
        }
    }
}
