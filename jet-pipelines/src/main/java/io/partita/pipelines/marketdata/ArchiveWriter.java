package io.partita.pipelines.marketdata;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.RestartableException;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.logging.ILogger;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarArchive;
import io.partita.marketdata.stream.BarKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gathers bars and hands them to the archive of its member; waits as long as that takes none. Used by one thread. */
final class ArchiveWriter {

    private static final long PAUSE_MILLIS = 500;
    /** After so long the journal may have dropped what was not read: all bars are looked through again. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final HazelcastInstance hazelcast;
    private final ILogger log;
    private final Map<BarKey, TradeBar> gathered = new HashMap<>();

    ArchiveWriter(Processor.Context context) {
        hazelcast = context.hazelcastInstance();
        log = context.logger();
    }

    void take(TradeBar bar) throws InterruptedException {
        gathered.merge(BarKey.of(bar), bar, (one, other) -> other.trades() > one.trades() ? other : one);
        if (gathered.size() == BarArchive.MOST) {
            flush();
        }
    }

    void flush() throws InterruptedException {
        if (gathered.isEmpty()) {
            return;
        }
        List<TradeBar> bars = List.copyOf(gathered.values());
        long began = System.nanoTime();
        boolean waited = false;
        while (!kept(bars, !waited)) {
            waited = true;
            // Ends with an exception when the job does.
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        gathered.clear();
        if (waited) {
            log.info("The archive takes bars again");
        }
        if (System.nanoTime() - began > LONG_NANOS) {
            throw new RestartableException("The archive took nothing for more than a minute: the job begins again with all bars of the grid");
        }
    }

    private boolean kept(List<TradeBar> bars, boolean first) {
        // A member has none while it starts.
        if (!(hazelcast.getUserContext().get(BarArchive.KEY) instanceof BarArchive archive)) {
            if (first) {
                log.warning("This member has no archive yet; the job waits");
            }
            return false;
        }
        if (archive.ended()) {
            // Wherever the job goes on, it begins with all bars of the grid.
            return true;
        }
        try {
            archive.keep(bars);
            return true;
        } catch (BarArchive.Unavailable away) {
            if (first) {
                log.warning("The archive takes no bars now; the job waits: " + away.getCause());
            }
            return false;
        }
    }
}
