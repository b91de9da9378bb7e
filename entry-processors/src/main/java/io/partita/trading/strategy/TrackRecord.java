package io.partita.trading.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a live run has done, in bounded memory: when the curve has {@value #MOST_POINTS} points, every second one is left out and later ones are
 * twice as far apart. Not thread-safe.
 */
final class TrackRecord {

    static final int MOST_POINTS = 4_096;
    /** Round trips are counted over all fills, so a run ends when it has had so many. */
    static final int MOST_FILLS = 100_000;

    private final long cash;
    private final List<Fill> fills = new ArrayList<>();
    private EquityCurve curve = new EquityCurve();
    private long spacing;

    /** @param spacing least time between two points, in nanoseconds */
    TrackRecord(long cash, long spacing) {
        this.cash = cash;
        this.spacing = spacing;
    }

    void filled(Fill fill) {
        if (fills.size() == MOST_FILLS) {
            throw new IllegalStateException("the run has had " + MOST_FILLS + " fills");
        }
        fills.add(fill);
    }

    void point(long time, long equity, boolean invested) {
        if (curve.size() > 0 && time - curve.time(curve.size() - 1) < spacing) {
            return;
        }
        if (curve.size() == MOST_POINTS) {
            curve = copy(2);
            spacing *= 2;
        }
        curve.add(time, equity, invested);
    }

    private EquityCurve copy(int step) {
        EquityCurve copy = new EquityCurve();
        for (int i = 0; i < curve.size(); i += step) {
            copy.add(curve.time(i), curve.value(i), curve.invested(i));
        }
        return copy;
    }

    /** All of it up to a moment, and its figures. */
    PaperStanding standing(long time, long equity, long[] positions, int open) {
        EquityCurve all = copy(1);
        boolean invested = false;
        List<Long> held = new ArrayList<>();
        for (long position : positions) {
            held.add(position);
            invested |= position != 0;
        }
        if (all.size() > 0 && time > all.time(all.size() - 1)) {
            all.add(time, equity, invested);
        }
        List<Fill> last = fills.subList(Math.max(0, fills.size() - PaperStanding.LAST_FILLS), fills.size());
        return new PaperStanding(equity, held, open, last, all, Metrics.of(all, fills, cash));
    }
}
