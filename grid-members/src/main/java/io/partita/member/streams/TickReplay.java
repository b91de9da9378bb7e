package io.partita.member.streams;

import com.hazelcast.core.HazelcastInstance;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickRefusal;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays a file of ticks into the stream, as quickly as it happened, some times as quickly, or as quickly as readers keep up. A file is CSV with a header: {@code symbol},
 * {@code time} and either {@code price}, {@code quantity}, {@code taker} or {@code bid}, {@code bidQuantity}, {@code ask}, {@code askQuantity}. Ticks without a
 * {@code sequence} are numbered for each instrument as they come, so that a file that is played again counts once while that is remembered. They are taken as if
 * they had come when they happened. At the end, bars are told to be over. Used by one thread.
 */
public final class TickReplay {

    /** Times as quickly; this is as quickly as possible. */
    public static final double FASTEST = 0;
    private static final int TOGETHER = 4_096;
    /** So much of a file's time travels together at most, played in real time. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private final TickStream stream;
    private final String source;
    private final double speed;
    private final TickRecords records;
    private final Map<Long, Long> numbers = new HashMap<>();
    private final Map<Long, Long> latest = new HashMap<>();
    private final Map<TickRefusal, Long> refused = new EnumMap<>(TickRefusal.class);
    private final List<Tick> gathered = new ArrayList<>();
    private long sent;
    private long first;
    private long began;

    /** What became of a file. */
    public record Played(long sent, Map<TickRefusal, Long> refused) {
    }

    /** @param speed how many times as quickly as it happened; {@link #FASTEST} for no pauses */
    public TickReplay(HazelcastInstance hazelcast, String source, double speed) {
        stream = TickStream.of(hazelcast);
        this.source = source;
        this.speed = speed;
        Map<String, MarketInstrument> instruments = new HashMap<>();
        hazelcast.<Long, MarketInstrument>getMap(MarketDataNames.INSTRUMENTS).values().forEach(one -> instruments.put(one.symbol(), one));
        records = new TickRecords(symbol -> Optional.ofNullable(instruments.get(symbol)));
    }

    /** Plays a file to its end. */
    public Played play(Path file) throws IOException, InterruptedException {
        began = System.nanoTime();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                // The time here is that of the tick, set below.
                switch (records.read(source, name -> row.findField(name).filter(text -> !text.isEmpty()).orElse(null), 1)) {
                    case TickRecords.Reading.Read read -> add(numbered(read.tick()));
                    case TickRecords.Reading.Refused no -> refused.merge(no.code(), 1L, Long::sum);
                }
            }
        }
        send();
        List<TickBatch> ends = new ArrayList<>();
        // A day begins and ends at midnight.
        latest.forEach((instrument, time) -> ends.add(TickBatch.end(instrument, (time / DAY + 1) * DAY)));
        stream.put(ends);
        return new Played(sent, refused);
    }

    private Tick numbered(Tick tick) {
        long number = tick.sequence() > 0 ? tick.sequence() : numbers.merge(tick.instrument(), 1L, Long::sum);
        return switch (tick) {
            case Tick.Trade trade -> new Tick.Trade(trade.instrument(), source, number, trade.time(), trade.time(), trade.price(), trade.quantity(), trade.taker());
            case Tick.Quote quote -> new Tick.Quote(quote.instrument(), source, number, quote.time(), quote.time(), quote.bid(), quote.bidQuantity(), quote.ask(),
                    quote.askQuantity());
        };
    }

    private void add(Tick tick) throws InterruptedException {
        if (first == 0) {
            first = tick.time();
        }
        boolean later = !gathered.isEmpty() && tick.time() - gathered.getFirst().time() > GATHER_NANOS * Math.max(1, speed);
        if (gathered.size() >= TOGETHER || speed > FASTEST && later) {
            send();
        }
        gathered.add(tick);
        latest.merge(tick.instrument(), tick.time(), Math::max);
    }

    private void send() throws InterruptedException {
        if (gathered.isEmpty()) {
            return;
        }
        if (speed > FASTEST) {
            long due = began + Math.round((gathered.getFirst().time() - first) / speed);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
        stream.put(TickBatch.byInstrument(gathered));
        sent += gathered.size();
        gathered.clear();
    }
}
