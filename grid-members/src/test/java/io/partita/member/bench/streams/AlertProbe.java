package io.partita.member.bench.streams;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.listener.EntryAddedListener;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.bench.BenchRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * From a tick to the alert that it leads to: minutes of a few instruments, one after the other at a steady pace, in which one jumps now and then. The clock runs from when
 * the ticks were due after which the minute is over until a listener hears of the alert of that minute. Used by one thread.
 */
final class AlertProbe {

    private static final long FIRST = 900_001;
    private static final int INSTRUMENTS = 6;
    private static final int TRADES = 12;
    private static final int WARM_UP = 240;
    /** Minutes between two jumps: an instrument jumps once in a while, or nobody would be told. */
    private static final int BETWEEN = 5;
    private static final long MINUTE = BarSize.MINUTE.nanos();
    private static final long SECOND = BarSize.SECOND.nanos();
    private static final long FROM = BarSize.DAY.start(1_790_000_000L * SECOND);
    /** From one minute to the next, by the clock. */
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_SECONDS = 10;

    private final TickStream stream;
    private final Random random = new Random(11);
    private final long[] prices = new long[INSTRUMENTS];
    private final Map<Long, Long> numbers = new HashMap<>();
    /** When the minute was over, by what is told of it. */
    private final Map<Jump, Long> due = new ConcurrentHashMap<>();
    private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
    private volatile long first;
    private int minute;
    private long paced = System.nanoTime();

    private record Jump(long instrument, long time) {
    }

    AlertProbe(HazelcastInstance member) {
        stream = TickStream.of(member);
        for (int i = 0; i < INSTRUMENTS; i++) {
            prices[i] = 100_000 + 10_000L * i;
        }
        member.<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).addEntryListener((EntryAddedListener<String, AnomalyAlert>) this::heard, true);
    }

    private void heard(EntryEvent<String, AnomalyAlert> event) {
        Anomaly anomaly = event.getValue().anomaly();
        Long begun = due.remove(new Jump(anomaly.instrument(), anomaly.to()));
        if (begun != null) {
            long took = Math.min(System.nanoTime() - begun, latency.getHighestTrackableValue());
            if (first == 0) {
                first = took;
            }
            latency.recordValue(took);
        }
    }

    /** How long alerts took, after those of so many jumps that are not counted. */
    Histogram run(BenchRun run, int before, int jumps) throws InterruptedException {
        run.progress("quiet minutes");
        for (int i = 0; i < WARM_UP; i++) {
            next(-1);
        }
        jump(run, before);
        latency.reset();
        due.clear();
        jump(run, jumps);
        return latency;
    }

    private void jump(BenchRun run, int jumps) throws InterruptedException {
        for (int jump = 0; jump < jumps; jump++) {
            run.progress("alert " + (jump + 1) + " of " + jumps);
            for (int i = 1; i < BETWEEN; i++) {
                next(-1);
            }
            next(jump % INSTRUMENTS);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!due.isEmpty() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        paced = System.nanoTime();
    }

    /** Jumps that nobody was told of. */
    int missed() {
        return due.size();
    }

    /** The very first alert of the job, in nanoseconds. */
    long first() {
        return first;
    }

    /** A minute, and the first second of the one after it. */
    private void next(int jumping) throws InterruptedException {
        long begin = FROM + minute++ * MINUTE;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            prices[i] += Math.round(prices[i] * 2e-4 * random.nextGaussian());
            if (i == jumping) {
                prices[i] = prices[i] * 11 / 10;
            }
            for (int trade = 0; trade < TRADES; trade++) {
                ticks.add(trade(i, begin + (2 + trade * 4) * SECOND));
            }
        }
        offer(TickBatch.byInstrument(ticks));
        List<TickBatch> closing = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            closing.add(new TickBatch(FIRST + i, List.of(trade(i, begin + MINUTE)), begin + MINUTE + SECOND));
        }
        paced += PACE;
        while (paced - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.sleep(paced - System.nanoTime());
        }
        if (jumping >= 0) {
            due.put(new Jump(FIRST + jumping, begin + MINUTE), paced);
        }
        offer(closing);
    }

    private Tick trade(int i, long time) {
        long price = prices[i] + Math.round(prices[i] * 5e-5 * random.nextGaussian());
        return new Tick.Trade(FIRST + i, "probe", numbers.merge(FIRST + i, 1L, Long::sum), time, time, price, 50 + random.nextInt(100),
                random.nextBoolean() ? Tick.Taker.BUYER : Tick.Taker.SELLER);
    }

    private void offer(List<TickBatch> batches) throws InterruptedException {
        while (stream.offer(batches) == TickStream.Outcome.FULL) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
