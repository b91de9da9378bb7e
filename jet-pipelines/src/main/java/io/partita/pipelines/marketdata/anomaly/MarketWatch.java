package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Looks at all instruments that are traded together, one time after the other: what they have in common first, then each beside it, and who
 * has no bar where the others do. Not thread-safe.
 */
public final class MarketWatch implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** An instrument that is missing for longer is traded no more. */
    private static final int GIVEN_UP_AFTER = 10;
    /** A time at which so small a part of the instruments has a bar is no time of trading. */
    private static final double QUORUM = 0.5;

    private final InstrumentDetector.Settings settings;
    private final CrossSection crossSection = new CrossSection();
    private final Map<Long, InstrumentDetector> detectors = new HashMap<>();
    private final Map<Long, Gap> gaps = new HashMap<>();

    private record Gap(long since, int bars) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    public MarketWatch(InstrumentDetector.Settings settings) {
        this.settings = settings;
    }

    /**
     * What is unusual at a time, which is later than the one before.
     *
     * @param bars       all bars that end then, one per instrument
     * @param thresholds by instrument
     */
    public List<Anomaly> accept(long time, Collection<Observation> bars, LongFunction<Thresholds> thresholds) {
        List<Anomaly> found = new ArrayList<>(missing(time, bars, thresholds));
        MarketContext market = crossSection.accept(time, bars);
        for (Observation bar : bars) {
            found.addAll(detectors.computeIfAbsent(bar.instrument(), _ -> new InstrumentDetector(settings))
                    .accept(bar, market, thresholds.apply(bar.instrument())));
        }
        return found;
    }

    /** How many instruments it looks at. */
    public int instruments() {
        return detectors.size();
    }

    /** True for an instrument that it has seen, and not given up. */
    public boolean knows(long instrument) {
        return detectors.containsKey(instrument);
    }

    /** What an instrument's last bar was like; nothing for one that has none. */
    public Optional<float[]> profile(long instrument) {
        return Optional.ofNullable(detectors.get(instrument)).map(InstrumentDetector::profile);
    }

    private List<Anomaly> missing(long time, Collection<Observation> bars, LongFunction<Thresholds> thresholds) {
        Set<Long> absent = new HashSet<>(detectors.keySet());
        bars.forEach(bar -> absent.remove(bar.instrument()));
        gaps.keySet().retainAll(absent);
        List<Anomaly> found = new ArrayList<>();
        if (detectors.size() - absent.size() < QUORUM * detectors.size()) {
            return found;
        }
        for (long instrument : absent.stream().sorted().toList()) {
            Gap gap = gaps.merge(instrument, new Gap(time, 1), (before, _) -> new Gap(before.since, before.bars + 1));
            if (gap.bars >= thresholds.apply(instrument).of(AnomalyKind.MISSING_DATA)) {
                found.add(new Anomaly(instrument, AnomalyKind.MISSING_DATA, Severity.CRITICAL, gap.since, time, time, gap.bars, List.of(),
                        "No bar where " + bars.size() + " others have one, " + gap.bars + " in a row.", gap.bars));
            }
            if (gap.bars >= GIVEN_UP_AFTER) {
                detectors.remove(instrument);
                crossSection.forget(instrument);
            }
        }
        return found;
    }
}
