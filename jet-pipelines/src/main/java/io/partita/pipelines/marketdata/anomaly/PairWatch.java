package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Attribution;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two instruments that go together, such as two share classes or a future and its underlying: the logarithm of one price less that of the other
 * is compared with its own median. The hedge ratio is 1; for others, give prices that are scaled. Not thread-safe.
 */
public final class PairWatch implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Of the threshold for steps against the market: a pair is bound more tightly than the market. */
    private static final double TIGHTER = 0.5;
    private static final double LEAST = 1e-4;

    private final RobustWindow gaps;
    private final int warmUp;
    private boolean apart;
    private long since;

    public PairWatch(InstrumentDetector.Settings settings) {
        gaps = new RobustWindow(settings.window());
        warmUp = settings.warmUp();
    }

    /** Goes on by the bars of both that end at the same time; the anomaly is the first one's. */
    public Optional<Anomaly> accept(Observation one, Observation other, Thresholds thresholds) {
        double gap = Math.log((double) one.close() / other.close());
        double median = gaps.median();
        double deviation = (gap - median) / Math.max(gaps.scale(), LEAST);
        boolean far = gaps.count() >= warmUp && Math.abs(deviation) >= TIGHTER * thresholds.of(AnomalyKind.DIVERGENCE);
        since = apart ? since : one.time();
        apart = far;
        gaps.add(gap);
        if (!far) {
            return Optional.empty();
        }
        return Optional.of(new Anomaly(one.instrument(), AnomalyKind.DIVERGENCE, Severity.WARNING, since, one.time(), one.time(),
                Math.abs(deviation) / TIGHTER, List.of(new Attribution(Feature.PRICE, gap, median, deviation, 1)),
                String.format(Locale.ROOT, "The price is %.2f%% further from that of %d than usual, %.1f deviations.", 100 * Math.expm1(gap - median),
                        other.instrument(), deviation), 1));
    }
}
