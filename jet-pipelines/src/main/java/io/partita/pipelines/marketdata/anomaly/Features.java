package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;

/** The numbers in which bars are compared; NaN for what a bar does not tell. */
public final class Features {

    private Features() {
    }

    /** Logarithmic return of the close. */
    public static double move(double closeBefore, Observation bar) {
        return Math.log(bar.close() / closeBefore);
    }

    /** Logarithm of high less low relative to the close; a bar of one price counts as half a tick wide. */
    public static double range(Observation bar) {
        return Math.log(Math.max(0.5, bar.high() - bar.low()) / bar.close());
    }

    public static double volume(Observation bar) {
        return Math.log1p(bar.volume());
    }

    public static double spread(Observation bar) {
        return bar.quoted() && bar.ask() > bar.bid() ? Math.log(2.0 * (bar.ask() - bar.bid()) / (bar.ask() + bar.bid())) : Double.NaN;
    }

    public static double flow(Observation bar) {
        double both = (double) bar.bought() + bar.sold();
        return both == 0 ? Double.NaN : (bar.bought() - bar.sold()) / both;
    }
}
