package io.partita.member.trading.fix;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import io.partita.member.trading.Bell;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Execution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the durable reports of this member's books on orders of sessions where the sessions' members find them. Whoever serves a book goes
 * on where the one before stopped; what both have seen is kept once. One thread.
 */
final class ReportCollector implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportCollector.class);
    private static final String TOPIC = "trading-fix-reports";
    /** After a failure. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** A look at all books though no journal is known to have grown. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST = 4_096;
    /** Where a book without sessions has been looked through is noted only so often. */
    private static final long NOTE_EVERY = 8_192;

    private final TradingService trading;
    private final FixTables tables;
    private final ITopic<int[]> topic;
    private final Bell journaled = new Bell();
    private final Map<Long, Cursor> cursors = new HashMap<>();
    private final Thread thread;
    private volatile boolean closing;

    private static final class Cursor {
        private long reported;
        private long noted;
        private long journaled = -1;
    }

    /** @param told gets the number of each session for which there is something new */
    ReportCollector(HazelcastInstance hazelcast, TradingService trading, FixTables tables, IntConsumer told) {
        this.trading = trading;
        this.tables = tables;
        topic = hazelcast.getTopic(TOPIC);
        topic.addMessageListener(message -> {
            for (int session : message.getMessageObject()) {
                told.accept(session);
            }
        });
        thread = Thread.ofPlatform().daemon().name("fix-reports").unstarted(this);
    }

    void start() {
        trading.whenJournaled(journaled);
        thread.start();
    }

    @Override
    public void run() {
        String lastFailure = "";
        long lookedAtAll = System.nanoTime();
        while (!closing) {
            boolean more = false;
            try {
                if (System.nanoTime() - lookedAtAll > PATIENCE_NANOS) {
                    // A book that was looked at while it was not served has more than was seen.
                    cursors.values().forEach(cursor -> cursor.journaled = -1);
                    lookedAtAll = System.nanoTime();
                }
                for (Listing listing : trading.listings()) {
                    more |= look(listing.instrument());
                }
                lastFailure = "";
            } catch (SQLException | RuntimeException failure) {
                if (!failure.toString().equals(lastFailure) && !closing) {
                    LOG.warn("Reports of books could not be passed on to FIX sessions and will be: {}", failure.toString());
                }
                lastFailure = failure.toString();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (!more) {
                journaled.await(PATIENCE_NANOS);
            }
        }
    }

    /** True if there may be more at once. */
    private boolean look(long instrument) throws SQLException {
        if (!trading.local(instrument)) {
            cursors.remove(instrument);
            return false;
        }
        long journaled = trading.journaled(instrument);
        Cursor cursor = cursors.get(instrument);
        if (journaled == 0 || cursor != null && cursor.journaled == journaled) {
            return false;
        }
        if (cursor == null) {
            cursor = begin(instrument);
            if (cursor.reported < 0) {
                return false;
            }
            cursors.put(instrument, cursor);
        }
        List<Execution> found = new ArrayList<>();
        long last = trading.reports(instrument, cursor.reported, MOST, report -> {
            if (report.session() != 0) {
                found.add(report);
            }
        });
        keep(instrument, cursor, last, found);
        boolean more = last > cursor.reported;
        cursor.reported = last;
        if (!more) {
            cursor.journaled = journaled;
        }
        return more;
    }

    /** A book that no session has ever had an order in is looked through from its end on. */
    private Cursor begin(long instrument) {
        Cursor cursor = new Cursor();
        var noted = tables.reported(instrument);
        // The end first: an order is noted before it goes to the book, so what comes after the end is not missed.
        long end = noted.isPresent() ? 0 : trading.reported(instrument);
        cursor.reported = noted.orElseGet(() -> tables.ordered(instrument) ? 0 : end);
        cursor.noted = noted.orElse(-1L);
        return cursor;
    }

    private void keep(long instrument, Cursor cursor, long last, List<Execution> found) {
        if (found.isEmpty() && last - cursor.noted < NOTE_EVERY && cursor.noted >= 0) {
            return;
        }
        tables.collected(instrument, last, found);
        cursor.noted = last;
        if (!found.isEmpty()) {
            topic.publish(found.stream().mapToInt(Execution::session).distinct().toArray());
        }
    }

    @Override
    public void close() {
        closing = true;
        journaled.ring();
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
