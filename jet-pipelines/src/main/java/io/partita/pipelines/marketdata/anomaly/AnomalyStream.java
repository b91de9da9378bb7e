package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.AlertDecision;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.Observation;
import io.partita.pipelines.marketdata.episodes.Episode;
import io.partita.pipelines.marketdata.episodes.EpisodeRecorder;
import io.partita.pipelines.marketdata.episodes.EpisodeWindow;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that happens to the bars of a group of instruments, time after time, but for what needs the index of episodes:
 *
 * <pre>
 * bars of a time -> watch -> anomalies -> desk -> decisions, each with the window that ends with it
 *                     |
 *                  profiles -> recorders -> episodes of which it is known now what followed
 * </pre>
 *
 * <p>It is the state of one job; it can be serialized between any two times. Not thread-safe.
 */
public final class AnomalyStream implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Bars of a window: about a month of days. */
    public static final int WINDOW = 20;
    /** Bars from one episode to the next: neighbours are too alike to be of use. */
    public static final int STRIDE = 5;

    private final MarketWatch watch;
    private final AlertDesk desk;
    private final Map<Long, EpisodeRecorder> recorders = new HashMap<>();
    private final Restatement restatement = new Restatement();
    private long last = Long.MIN_VALUE;

    /**
     * A decision, and where to look for similar windows.
     *
     * @param window null for the market as a whole, and before there are enough bars
     */
    public record Decided(AlertDecision decision, EpisodeWindow window) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** What comes of the bars of a time. */
    public record Step(List<Decided> decisions, List<Episode> episodes) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    public AnomalyStream(InstrumentDetector.Settings settings, AlertDesk.Rules rules) {
        watch = new MarketWatch(settings);
        desk = new AlertDesk(rules);
    }

    /** Goes on by a time; one that is not later than the one before is known already, and nothing comes of it. */
    public Step accept(Moment moment) {
        if (moment.time() <= last) {
            return new Step(List.of(), List.of());
        }
        last = moment.time();
        List<Observation> bars = restatement.restated(moment);
        List<Anomaly> anomalies = watch.accept(moment.time(), bars, moment::thresholds);
        recorders.keySet().removeIf(instrument -> !watch.knows(instrument));
        restatement.keep(watch::knows);
        List<Episode> episodes = new ArrayList<>();
        for (Observation bar : bars) {
            watch.profile(bar.instrument()).flatMap(profile -> recorders.computeIfAbsent(bar.instrument(),
                    instrument -> new EpisodeRecorder(instrument, WINDOW, STRIDE)).accept(bar, profile)).ifPresent(episodes::add);
        }
        List<Decided> decisions = desk.accept(moment.time(), anomalies, watch.instruments(), moment.silences()).stream()
                .map(decision -> new Decided(decision, window(decision.anomaly().instrument()))).toList();
        return new Step(decisions, episodes);
    }

    private EpisodeWindow window(long instrument) {
        return Optional.ofNullable(recorders.get(instrument)).flatMap(EpisodeRecorder::window).orElse(null);
    }
}
