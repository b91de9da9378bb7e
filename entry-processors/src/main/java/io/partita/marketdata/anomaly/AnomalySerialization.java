package io.partita.marketdata.anomaly;

import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.FieldKind;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.marketdata.bars.BarSize;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How alerts and what people say of them travel; members and clients register the same. Kinds and features travel by name. */
public final class AnomalySerialization {

    private AnomalySerialization() {
    }

    /** Adds the serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        CompactSerializationConfig compact = config.getCompactSerializationConfig();
        compact.addSerializer(new AttributionSerializer()).addSerializer(new AnomalySerializer()).addSerializer(new EpisodeSerializer())
                .addSerializer(new AlertSerializer()).addSerializer(new FeedbackSerializer()).addSerializer(new ThresholdsSerializer())
                .addSerializer(new SilenceSerializer());
    }

    private static BarSize size(CompactReader in) {
        String text = in.readString("size");
        return BarSize.parse(text).orElseThrow(() -> new IllegalArgumentException("no bar is of size " + text));
    }

    /** The name of a type and its class. */
    private abstract static class Named<T> implements CompactSerializer<T> {

        private final Class<T> type;

        Named(Class<T> type) {
            this.type = type;
        }

        @Override
        public String getTypeName() {
            return "io.partita.marketdata." + type.getSimpleName();
        }

        @Override
        public Class<T> getCompactClass() {
            return type;
        }
    }

    private static final class AttributionSerializer extends Named<Attribution> {

        AttributionSerializer() {
            super(Attribution.class);
        }

        @Override
        public Attribution read(CompactReader in) {
            return new Attribution(Feature.valueOf(in.readString("feature")), in.readFloat64("observed"), in.readFloat64("expected"),
                    in.readFloat64("deviation"), in.readFloat64("share"));
        }

        @Override
        public void write(CompactWriter out, Attribution attribution) {
            out.writeString("feature", attribution.feature().name());
            out.writeFloat64("observed", attribution.observed());
            out.writeFloat64("expected", attribution.expected());
            out.writeFloat64("deviation", attribution.deviation());
            out.writeFloat64("share", attribution.share());
        }
    }

    private static final class AnomalySerializer extends Named<Anomaly> {

        AnomalySerializer() {
            super(Anomaly.class);
        }

        @Override
        public Anomaly read(CompactReader in) {
            return new Anomaly(in.readInt64("instrument"), AnomalyKind.valueOf(in.readString("kind")), Severity.valueOf(in.readString("severity")),
                    in.readInt64("from"), in.readInt64("to"), in.readInt64("detected"), in.readFloat64("score"),
                    List.of(in.readArrayOfCompact("attributions", Attribution.class)), in.readString("explanation"), in.readInt32("bars"));
        }

        @Override
        public void write(CompactWriter out, Anomaly anomaly) {
            out.writeInt64("instrument", anomaly.instrument());
            out.writeString("kind", anomaly.kind().name());
            out.writeString("severity", anomaly.severity().name());
            out.writeInt64("from", anomaly.from());
            out.writeInt64("to", anomaly.to());
            out.writeInt64("detected", anomaly.detected());
            out.writeFloat64("score", anomaly.score());
            out.writeArrayOfCompact("attributions", anomaly.attributions().toArray(Attribution[]::new));
            out.writeString("explanation", anomaly.explanation());
            out.writeInt32("bars", anomaly.bars());
        }
    }

    private static final class EpisodeSerializer extends Named<SimilarEpisode> {

        EpisodeSerializer() {
            super(SimilarEpisode.class);
        }

        @Override
        public SimilarEpisode read(CompactReader in) {
            return new SimilarEpisode(in.readInt64("instrument"), in.readInt64("from"), in.readInt64("to"), in.readFloat64("similarity"),
                    AftermathFields.read(in));
        }

        @Override
        public void write(CompactWriter out, SimilarEpisode episode) {
            out.writeInt64("instrument", episode.instrument());
            out.writeInt64("from", episode.from());
            out.writeInt64("to", episode.to());
            out.writeFloat64("similarity", episode.similarity());
            AftermathFields.write(out, episode.followed());
        }
    }

    private static final class AlertSerializer extends Named<AnomalyAlert> {

        AlertSerializer() {
            super(AnomalyAlert.class);
        }

        @Override
        public AnomalyAlert read(CompactReader in) {
            return new AnomalyAlert(size(in), in.readCompact("anomaly"), List.of(in.readArrayOfCompact("similar", SimilarEpisode.class)),
                    in.getFieldKind("rule") == FieldKind.STRING ? in.readString("rule") : null);
        }

        @Override
        public void write(CompactWriter out, AnomalyAlert alert) {
            out.writeString("size", alert.size().toString());
            out.writeCompact("anomaly", alert.anomaly());
            out.writeArrayOfCompact("similar", alert.similar().toArray(SimilarEpisode[]::new));
            out.writeString("rule", alert.rule());
        }
    }

    private static final class FeedbackSerializer extends Named<Feedback> {

        FeedbackSerializer() {
            super(Feedback.class);
        }

        @Override
        public Feedback read(CompactReader in) {
            return new Feedback(in.readString("alert"), size(in), in.readInt64("instrument"), AnomalyKind.valueOf(in.readString("kind")),
                    in.readBoolean("real"), in.readInt64("time"));
        }

        @Override
        public void write(CompactWriter out, Feedback feedback) {
            out.writeString("alert", feedback.alert());
            out.writeString("size", feedback.size().toString());
            out.writeInt64("instrument", feedback.instrument());
            out.writeString("kind", feedback.kind().name());
            out.writeBoolean("real", feedback.real());
            out.writeInt64("time", feedback.time());
        }
    }

    private static final class ThresholdsSerializer extends Named<Thresholds> {

        ThresholdsSerializer() {
            super(Thresholds.class);
        }

        @Override
        public Thresholds read(CompactReader in) {
            String[] kinds = in.readArrayOfString("kinds");
            double[] values = in.readArrayOfFloat64("values");
            Thresholds thresholds = Thresholds.standard();
            for (int i = 0; i < kinds.length; i++) {
                thresholds = thresholds.with(AnomalyKind.valueOf(kinds[i]), values[i]);
            }
            return thresholds;
        }

        @Override
        public void write(CompactWriter out, Thresholds thresholds) {
            out.writeArrayOfString("kinds", Arrays.stream(AnomalyKind.values()).map(AnomalyKind::name).toArray(String[]::new));
            out.writeArrayOfFloat64("values", Arrays.stream(AnomalyKind.values()).mapToDouble(thresholds::of).toArray());
        }
    }

    private static final class SilenceSerializer extends Named<Silence> {

        SilenceSerializer() {
            super(Silence.class);
        }

        @Override
        public Silence read(CompactReader in) {
            Set<AnomalyKind> kinds = Arrays.stream(in.readArrayOfString("kinds")).map(AnomalyKind::valueOf).collect(Collectors.toSet());
            return new Silence(in.readInt64("instrument"), kinds, in.readInt64("from"), in.readInt64("until"), in.readString("reason"));
        }

        @Override
        public void write(CompactWriter out, Silence silence) {
            out.writeInt64("instrument", silence.instrument());
            out.writeArrayOfString("kinds", silence.kinds().stream().map(AnomalyKind::name).toArray(String[]::new));
            out.writeInt64("from", silence.from());
            out.writeInt64("until", silence.until());
            out.writeString("reason", silence.reason());
        }
    }
}
