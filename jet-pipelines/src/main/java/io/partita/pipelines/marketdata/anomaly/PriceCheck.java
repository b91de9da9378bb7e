package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.io.Serializable;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Prices far away. What they were shows with the next bar only: a price that came back was a bad print; one that stays is news if volume came
 * with it, and else a shift that somebody should explain. Within a bar, a high or low far beyond open and close came back already.
 */
final class PriceCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    /** Volume so many deviations above the usual explains a price. */
    private static final double NEWS = 3;
    /** A price came back if no more than this part of its way is left, or no more than a usual move and half of its way. */
    private static final double LEFT = 0.3;
    private static final double USUAL = 2.5;
    /** A range so many deviations above the usual: whatever happened is not over, and no shift of an otherwise quiet price. */
    private static final double WIDE = 3;
    /** So many times the threshold, and the print cannot be true. */
    private static final double BEYOND_DOUBT = 1.6;

    private Jump pending;

    private record Jump(Reading reading, double move, double deviation, boolean news) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        Jump jump = pending;
        pending = null;
        if (jump != null && resolve(jump, reading, thresholds, found)) {
            return;
        }
        double deviation = reading.deviation(Feature.PRICE);
        if (Math.abs(deviation) >= thresholds.of(AnomalyKind.PRICE_JUMP)) {
            pending = new Jump(reading, reading.observed(Feature.PRICE), deviation, reading.deviation(Feature.VOLUME) >= NEWS);
            found.accept(provisional(pending, thresholds));
        } else {
            wick(reading, thresholds, found);
        }
    }

    private static Anomaly provisional(Jump jump, Thresholds thresholds) {
        return jump.reading.anomaly(AnomalyKind.PRICE_JUMP, suspect(jump, thresholds) ? Severity.WARNING : Severity.INFO, jump.reading.time(),
                Math.abs(jump.deviation), jump.reading.attributions(), said(jump, jump.news ? "with the volume of news" : "without the volume of news"));
    }

    private static boolean suspect(Jump jump, Thresholds thresholds) {
        return !jump.news && Math.abs(jump.deviation) >= thresholds.of(AnomalyKind.LEVEL_SHIFT);
    }

    /** True if the bar only takes back what the one before did. */
    private static boolean resolve(Jump jump, Reading now, Thresholds thresholds, Consumer<Anomaly> found) {
        double left = Math.abs(jump.move + now.observed(Feature.PRICE));
        double score = Math.abs(jump.deviation);
        boolean back = left <= Math.abs(jump.move) * LEFT || left <= Math.min(USUAL * now.scale(), Math.abs(jump.move) / 2);
        if (back && score >= thresholds.of(AnomalyKind.BAD_PRINT)) {
            boolean certain = score >= BEYOND_DOUBT * thresholds.of(AnomalyKind.BAD_PRINT);
            found.accept(known(jump, now, AnomalyKind.BAD_PRINT, certain ? Severity.CRITICAL : Severity.WARNING, "and was back with the next bar"));
            return true;
        }
        if (suspect(jump, thresholds)) {
            found.accept(now.deviation(Feature.RANGE) < WIDE
                    ? known(jump, now, AnomalyKind.LEVEL_SHIFT, Severity.WARNING, "and stayed, with no more volume than usual")
                    : known(jump, now, AnomalyKind.PRICE_JUMP, Severity.INFO, "and goes on moving"));
        }
        return false;
    }

    private static Anomaly known(Jump jump, Reading now, AnomalyKind kind, Severity severity, String how) {
        return new Anomaly(now.bar().instrument(), kind, severity, jump.reading.time(), jump.reading.time(), now.time(),
                Math.abs(jump.deviation), jump.reading.attributions(), said(jump, how), 1);
    }

    private static String said(Jump jump, String how) {
        return String.format(Locale.ROOT, "Price %s by %.1f%% beyond the market's move, %.1f deviations, %s.", jump.move > 0 ? "rose" : "fell",
                100 * Math.abs(Math.expm1(jump.move)), Math.abs(jump.deviation), how);
    }

    private static void wick(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        double up = Math.log((double) reading.bar().high() / Math.max(reading.bar().open(), reading.bar().close()));
        double down = Math.log((double) Math.min(reading.bar().open(), reading.bar().close()) / reading.bar().low());
        // On days when all instruments have wide bars, so may this one.
        double score = Math.max(up, down) / (reading.scale() * Math.exp(Math.max(0, reading.market().range())));
        if (Double.isNaN(reading.deviation(Feature.PRICE)) || score < thresholds.of(AnomalyKind.BAD_PRINT)) {
            return;
        }
        found.accept(reading.anomaly(AnomalyKind.BAD_PRINT, Severity.WARNING, reading.time(), score, reading.attribution(Feature.RANGE),
                String.format(Locale.ROOT, "Within the bar the price was %.1f%% %s open and close, %.1f deviations, and came back.",
                        100 * Math.expm1(Math.max(up, down)), up > down ? "above" : "below", score)));
    }
}
