package io.partita.marketdata.stream;

import io.partita.marketdata.bars.TradeBar;
import java.io.Serial;
import java.util.List;

/**
 * Where a member keeps bars for good. Jobs find that of the member they run on in the user context of its Hazelcast instance, under {@link #KEY}. Thread-safe.
 */
public interface BarArchive {

    /** The key in the user context. */
    String KEY = "io.partita.bar-archive";

    /** Bars that are kept together at most. */
    int MOST = 2_000;

    /** Storage is away; nothing was kept, and the same can be offered again. */
    final class Unavailable extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        public Unavailable(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Keeps bars, all or none of them. One is replaced only by one with more trades, as in the grid ({@link KeepBar}); so nothing goes back, whatever is offered
     * again.
     *
     * @param bars no two of the same key, at most {@link #MOST}
     * @return how many were new or changed
     */
    int keep(List<TradeBar> bars) throws Unavailable;

    /** True once its member is ending: it takes nothing any more, and nobody should wait for it. */
    boolean ended();
}
