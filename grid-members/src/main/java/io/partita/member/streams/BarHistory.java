package io.partita.member.streams;

import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bars of the grid and of the archive as one series: of a bar that both have, the one with more trades. Thread-safe. */
final class BarHistory {

    private static final Logger LOG = LoggerFactory.getLogger(BarHistory.class);
    /** While the database is away, not every reader finds that out by waiting for it. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SeriesReader grid;
    private final ArchiveTables archive;
    private volatile long notBefore = System.nanoTime();

    /** @param whole false if the archive could not be asked */
    record Series(List<TradeBar> bars, boolean whole) {
    }

    BarHistory(SeriesReader grid, ArchiveTables archive) {
        this.grid = grid;
        this.archive = archive;
    }

    /** The last bars of a size that begin within a time, the newest last. @param to not in it */
    Series bars(long instrument, BarSize size, long from, long to, int most) {
        NavigableMap<Long, TradeBar> found = new TreeMap<>();
        boolean whole = size == BarSize.SECOND || archived(instrument, size, from, to, most, found);
        for (TradeBar bar : grid.bars(instrument, size, from, to, most)) {
            found.merge(bar.start(), bar, (kept, fresh) -> fresh.trades() >= kept.trades() ? fresh : kept);
        }
        List<TradeBar> bars = new ArrayList<>(found.values());
        return new Series(bars.subList(Math.max(0, bars.size() - most), bars.size()), whole);
    }

    /**
     * The first bars at or after some times, the oldest first.
     *
     * @param times in nanoseconds since 1970
     * @param from  the earliest of them
     */
    Series after(long instrument, BarSize size, long from, List<Long> times) {
        NavigableMap<Long, TradeBar> found = new TreeMap<>();
        boolean whole = size == BarSize.SECOND || asked(() -> archive.after(instrument, size, times).forEach(bar -> found.put(bar.start(), bar)));
        NavigableMap<Long, TradeBar> there = new TreeMap<>();
        grid.bars(instrument, size, from, Long.MAX_VALUE, Integer.MAX_VALUE).forEach(bar -> there.put(bar.start(), bar));
        times.stream().map(there::ceilingEntry).filter(Objects::nonNull).forEach(each -> found.merge(each.getKey(), each.getValue(),
                (kept, fresh) -> fresh.trades() >= kept.trades() ? fresh : kept));
        return new Series(List.copyOf(found.values()), whole);
    }

    private boolean archived(long instrument, BarSize size, long from, long to, int most, NavigableMap<Long, TradeBar> found) {
        return asked(() -> archive.bars(instrument, size, from, to, most).forEach(bar -> found.put(bar.start(), bar)));
    }

    private boolean asked(Runnable question) {
        if (System.nanoTime() - notBefore < 0) {
            return false;
        }
        try {
            question.run();
            return true;
        } catch (JdbiException away) {
            notBefore = System.nanoTime() + PAUSE_NANOS;
            LOG.debug("Bars are told without the archive", away);
            return false;
        }
    }
}
