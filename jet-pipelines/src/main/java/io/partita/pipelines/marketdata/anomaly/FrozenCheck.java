package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The same four prices again and again. How often that happens by itself is counted, so that an instrument which trades once an hour is not
 * taken for a broken feed; the same volume, too, counts as a second coincidence.
 */
final class FrozenCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private long bars;
    private long unchanged;
    private long since;
    private int run;
    private int coincidences;

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        if (!frozen(reading)) {
            bars += 1 + run;
            // A run that was no alarm is what this instrument does.
            unchanged += run;
            run = 0;
            coincidences = 0;
            return;
        }
        since = run == 0 ? reading.time() : since;
        run++;
        coincidences += reading.bar().volume() > 0 && reading.bar().volume() == reading.before().volume() ? 2 : 1;
        double chance = (unchanged + 0.5) / (bars + 10);
        double score = -coincidences * Math.log10(Math.min(1, chance));
        if (score >= thresholds.of(AnomalyKind.FROZEN_FEED)) {
            found.accept(reading.anomaly(AnomalyKind.FROZEN_FEED, Severity.CRITICAL, since, score, List.of(),
                    String.format(Locale.ROOT, "The same bar %d times in a row; by chance once in 10^%.0f.", run + 1, score)));
        }
    }

    /** True if the bar says nothing that the one before did not. */
    static boolean frozen(Reading reading) {
        return reading.before() != null && reading.bar().samePrices(reading.before());
    }
}
