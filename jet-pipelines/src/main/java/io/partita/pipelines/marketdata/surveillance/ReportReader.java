package io.partita.pipelines.marketdata.surveillance;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.logging.ILogger;
import com.hazelcast.map.IMap;
import io.partita.trading.TradingNames;
import io.partita.trading.venue.HostedBook;
import io.partita.trading.venue.ReadBook;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads what all books of the grid report, with accounts, from their last 16,384 reports each; where it stands is all its state. What a book has forgotten before
 * it was read is a gap. Used by one thread.
 */
final class ReportReader {

    /** Of one book, before the others have their turn. */
    private static final int MOST = 4_000;
    /** Each look is made on the thread that matches. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LISTING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ILogger log;
    private final IMap<Long, HostedBook> books;
    private final Map<Long, Long> read = new HashMap<>();
    private Set<Long> listed = Set.of();
    private long listedAt = System.nanoTime() - LISTING_NANOS;
    private long lastLook = System.nanoTime() - PAUSE_NANOS;
    private String lastFailure = "";

    private ReportReader(Processor.Context context) {
        log = context.logger();
        books = context.hazelcastInstance().getMap(TradingNames.BOOKS);
    }

    /** Reports of all books; on one member at a time, since each look is short. */
    static StreamSource<ReportedPart> source() {
        return SourceBuilder.stream("reports of books", ReportReader::new)
                .<ReportedPart>fillBufferFn(ReportReader::fill)
                .createSnapshotFn(reader -> new HashMap<>(reader.read))
                .restoreSnapshotFn((reader, kept) -> kept.forEach(reader.read::putAll))
                .build();
    }

    private void fill(SourceBuffer<ReportedPart> buffer) {
        long now = System.nanoTime();
        if (now - lastLook < PAUSE_NANOS) {
            return;
        }
        lastLook = now;
        try {
            if (now - listedAt >= LISTING_NANOS) {
                listed = books.keySet();
                listedAt = now;
            }
            for (long instrument : listed) {
                look(instrument, buffer);
            }
            lastFailure = "";
        } catch (RuntimeException failure) {
            // While a partition moves or this side has no majority, every look gets here: one line is enough. Nothing is lost by trying again.
            if (!failure.toString().equals(lastFailure)) {
                log.warning("Reading what books report failed and is tried again: " + failure);
            }
            lastFailure = failure.toString();
        }
    }

    private void look(long instrument, SourceBuffer<ReportedPart> buffer) {
        long after = read.getOrDefault(instrument, 0L);
        byte[] answer = books.executeOnKey(instrument, new ReadBook.Reports(after, MOST, Long.MAX_VALUE));
        if (answer == null) {
            return;
        }
        long newest = ByteBuffer.wrap(answer).getLong();
        if (answer.length == Long.BYTES) {
            // Those in between are forgotten; or the book has fewer than were read, since it lost what was on no backup.
            read.put(instrument, newest);
            return;
        }
        ReportedPart part = new ReportedPart(instrument, Arrays.copyOfRange(answer, Long.BYTES, answer.length));
        part.each(report -> read.put(instrument, report.sequence()));
        buffer.add(part);
    }
}
