package io.partita.member.bench.streams;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.listener.EntryAddedListener;
import io.partita.marketdata.MarketDataNames;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From a tick to the alert that it leads to: quiet minutes of a few instruments, one of which jumps now and then. The clock runs from the offer of the ticks after which
 * the minute is over until a listener hears of the alert. Used by one thread.
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
    private static final long PATIENCE_SECONDS = 10;

    private final TickStream stream;
    private final Random random = new Random(11);
    private final long[] prices = new long[INSTRUMENTS];
    private final Map<Long, Long> numbers = new HashMap<>();
    private final Map<Long, CountDownLatch> expected = new ConcurrentHashMap<>();
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private int missed;
    private int minute;

    AlertProbe(HazelcastInstance member) {
        stream = TickStream.of(member);
        for (int i = 0; i < INSTRUMENTS; i++) {
            prices[i] = 100_000 + 10_000L * i;
        }
        member.<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).addEntryListener((EntryAddedListener<String, AnomalyAlert>) this::heard, true);
    }

    private void heard(EntryEvent<String, AnomalyAlert> event) {
        CountDownLatch waiting = expected.get(event.getValue().anomaly().instrument());
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /** How long alerts took. */
    Histogram run(BenchRun run, int jumps) throws InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            next(-1);
        }
        for (int jump = 0; jump < jumps; jump++) {
            run.progress("alert " + (jump + 1) + " of " + jumps);
            int chosen = jump % INSTRUMENTS;
            for (int i = 1; i < BETWEEN; i++) {
                next(-1);
            }
            CountDownLatch told = new CountDownLatch(1);
            expected.put(FIRST + chosen, told);
            long offered = next(chosen);
            if (told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                latency.recordValue(Math.min(System.nanoTime() - offered, latency.getHighestTrackableValue()));
            } else {
                missed++;
            }
            expected.clear();
        }
        return latency;
    }

    /** Jumps that nobody was told of. */
    int missed() {
        return missed;
    }

    /** A minute, and the first second of the one after it; when the latter was offered. */
    private long next(int jumping) throws InterruptedException {
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
        long now = System.nanoTime();
        offer(closing);
        return now;
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
