package io.partita.pipelines.marketdata.episodes;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.marketdata.anomaly.AftermathFields;

/** How episodes are kept in the grid. */
public final class EpisodeSerialization implements CompactSerializer<Episode> {

    private EpisodeSerialization() {
    }

    /** Adds the serializer to the configuration of a member. */
    public static void register(SerializationConfig config) {
        config.getCompactSerializationConfig().addSerializer(new EpisodeSerialization());
    }

    @Override
    public Episode read(CompactReader in) {
        EpisodeWindow window = new EpisodeWindow(in.readInt64("instrument"), in.readInt64("from"), in.readInt64("to"), in.readArrayOfFloat32("vector"));
        return new Episode(window, in.readInt64("known"), AftermathFields.read(in));
    }

    @Override
    public void write(CompactWriter out, Episode episode) {
        out.writeInt64("instrument", episode.window().instrument());
        out.writeInt64("from", episode.window().from());
        out.writeInt64("to", episode.window().to());
        out.writeArrayOfFloat32("vector", episode.window().vector());
        out.writeInt64("known", episode.known());
        AftermathFields.write(out, episode.followed());
    }

    @Override
    public String getTypeName() {
        return "io.partita.marketdata.Episode";
    }

    @Override
    public Class<Episode> getCompactClass() {
        return Episode.class;
    }
}
