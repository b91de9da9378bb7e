package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.metrics.Metrics;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.SimilarEpisode;
import io.partita.marketdata.bars.BarSize;
import io.partita.pipelines.marketdata.episodes.Episode;
import io.partita.pipelines.marketdata.episodes.EpisodeIndex;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Adds to each alert the episodes that are most like it, out of an index that begins with those of the grid. Used by one thread at a time. */
final class EpisodeShelf implements Closeable {

    private static final int MOST_SIMILAR = 5;
    /** Episodes that were known so many bars ago are forgotten. */
    private static final long MEMORY = 20_000;

    private final BarSize size;
    private final EpisodeIndex index = new EpisodeIndex(new ByteBuffersDirectory());

    EpisodeShelf(HazelcastInstance hazelcast, BarSize size) {
        this.size = size;
        index.add(hazelcast.<String, Episode>getMap(MarketDataNames.episodes(size)).values());
        index.refresh();
    }

    Told told(AnomalyStream.Step step) {
        List<AnomalyAlert> alerts = new ArrayList<>();
        for (AnomalyStream.Decided decided : step.decisions()) {
            switch (decided.decision()) {
                case AlertDecision.Raised _, AlertDecision.Revised _, AlertDecision.Merged _ -> alerts.add(alert(decided));
                case AlertDecision.Suppressed suppressed -> Metrics.metric("suppressed-" + suppressed.why().name().toLowerCase(Locale.ROOT)).increment();
            }
        }
        if (!step.episodes().isEmpty()) {
            index.add(step.episodes());
            index.forget(step.episodes().getFirst().known() - MEMORY * size.nanos());
        }
        return new Told(alerts, step.episodes());
    }

    private AnomalyAlert alert(AnomalyStream.Decided decided) {
        index.refresh();
        List<SimilarEpisode> similar = decided.window() == null ? List.of() : index.similar(decided.window(), MOST_SIMILAR);
        return new AnomalyAlert(size, decided.decision().anomaly(), similar);
    }

    @Override
    public void close() {
        index.close();
    }
}
