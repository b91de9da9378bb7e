package io.partita.pipelines.marketdata.episodes;

import io.partita.marketdata.anomaly.Aftermath;
import io.partita.marketdata.anomaly.Observation;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Makes windows out of the bars of one instrument, and episodes once {@value io.partita.marketdata.anomaly.Aftermath#BARS} more bars have told
 * what followed. Not thread-safe.
 */
public final class EpisodeRecorder implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final long instrument;
    private final int bars;
    private final int stride;
    private final Deque<Seen> last = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long count;

    private record Seen(long time, float[] profile) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** A window, and the closes since. */
    private static final class Waiting implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final EpisodeWindow window;
        private final double close;
        private final double[] after = new double[Aftermath.BARS];
        private int known;

        Waiting(EpisodeWindow window, double close) {
            this.window = window;
            this.close = close;
        }

        /** True once enough is known. */
        boolean follow(double next) {
            after[known++] = next;
            return known == after.length;
        }
    }

    /**
     * @param bars   of a window
     * @param stride bars from one episode to the next
     */
    public EpisodeRecorder(long instrument, int bars, int stride) {
        if (bars < 1 || stride < 1) {
            throw new IllegalArgumentException("a window has bars, and the next one begins later");
        }
        this.instrument = instrument;
        this.bars = bars;
        this.stride = stride;
    }

    /**
     * Goes on by a bar.
     *
     * @param profile of the bar, as {@link io.partita.pipelines.marketdata.anomaly.InstrumentDetector#profile} tells; always as long
     * @return the episode that is known now, if one is
     */
    public Optional<Episode> accept(Observation bar, float[] profile) {
        Optional<Episode> known = follow(bar);
        last.addLast(new Seen(bar.time(), profile.clone()));
        if (last.size() > bars) {
            last.removeFirst();
        }
        if (last.size() == bars && count++ % stride == 0) {
            waiting.addLast(new Waiting(currentWindow(), bar.close()));
        }
        return known;
    }

    private Optional<Episode> follow(Observation bar) {
        Episode known = null;
        for (Iterator<Waiting> windows = waiting.iterator(); windows.hasNext();) {
            Waiting window = windows.next();
            if (window.follow(bar.close())) {
                known = new Episode(window.window, bar.time(), aftermath(window.close, window.after));
                windows.remove();
            }
        }
        return Optional.ofNullable(known);
    }

    static Aftermath aftermath(double close, double[] after) {
        double lowest = 0;
        double highest = 0;
        double squares = 0;
        double before = close;
        for (double price : after) {
            double so = Math.log(price / close);
            lowest = Math.min(lowest, so);
            highest = Math.max(highest, so);
            squares += Math.log(price / before) * Math.log(price / before);
            before = price;
        }
        return new Aftermath(Math.log(after[0] / close), Math.log(after[4] / close), Math.log(before / close), lowest, highest,
                Math.sqrt(squares / after.length));
    }

    /** The window that ends with the last bar; none before there are enough. */
    public Optional<EpisodeWindow> window() {
        return last.size() < bars ? Optional.empty() : Optional.of(currentWindow());
    }

    private EpisodeWindow currentWindow() {
        int length = last.getFirst().profile.length;
        float[] vector = new float[bars * length];
        int at = 0;
        for (Seen seen : last) {
            System.arraycopy(seen.profile, 0, vector, length * at++, length);
        }
        return new EpisodeWindow(instrument, last.getFirst().time, last.getLast().time, vector);
    }
}
