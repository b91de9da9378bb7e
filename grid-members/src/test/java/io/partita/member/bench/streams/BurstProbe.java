package io.partita.member.bench.streams;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.Tick;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Ticks at a rate that does not wait for anybody, as the books of the grid send them: what the stream does not take waits in bounds, of quotes that wait the newest of
 * each instrument stays, and trades beyond that are refused. A bar of a second should be told when the first tick of the next one was due; how much later it is in its map
 * is measured.
 */
final class BurstProbe {

    private static final int INSTRUMENTS = 16;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** As many ticks may wait with the sender. */
    private static final int WAITING = 65_536;
    private static final long FIRST = 9_000;

    private final TickStream stream;
    private final Random random = new Random(17);
    private final Deque<Tick> waiting = new ArrayDeque<>();
    private final Histogram normal = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);
    private final Histogram burst = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);
    private volatile long burstFrom = Long.MAX_VALUE;
    private volatile long burstTo = Long.MAX_VALUE;
    private long carried;
    private long offered;
    private long taken;
    private long conflated;
    private long refused;
    private long full;

    BurstProbe(HazelcastInstance member) {
        stream = TickStream.of(member);
        member.<BarKey, TradeBar>getMap(MarketDataNames.BARS).addEntryListener((EntryAddedListener<BarKey, TradeBar>) this::told,
                Predicates.equal("size", "1s"), true);
    }

    private void told(EntryEvent<BarKey, TradeBar> event) {
        if (event.getKey().instrument() >= FIRST) {
            long due = event.getValue().end();
            long late = Math.clamp(now() - due, 0, normal.getHighestTrackableValue());
            (due >= burstFrom && due < burstTo ? burst : normal).recordValue(late);
        }
    }

    private static long now() {
        return Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
    }

    /** Sends at a rate, in ticks a second, for some seconds. */
    void send(int rate, long seconds, boolean measured) throws InterruptedException {
        long begin = now() / SECOND * SECOND + SECOND;
        burstFrom = measured ? begin : burstFrom;
        burstTo = measured ? begin + seconds * SECOND : burstTo;
        long end = begin + seconds * SECOND;
        for (long slice = begin; slice < end; slice += SLICE) {
            long early = slice + SLICE - now();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            make((int) (rate * SLICE / SECOND), slice);
            deliver();
        }
    }

    /** Waits until all that waits is taken. */
    void drain() throws InterruptedException {
        while (!waiting.isEmpty()) {
            deliver();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void make(int count, long slice) {
        for (int i = 0; i < count; i++) {
            int chosen = random.nextInt(INSTRUMENTS);
            long time = slice + SLICE * i / count;
            long price = 10_000 + 500 * chosen + random.nextInt(20);
            waiting.addLast(i % 2 == 0
                    ? new Tick.Trade(FIRST + chosen, "burst", 0, time, time, price, 1 + random.nextInt(100), random.nextBoolean() ? Tick.Taker.BUYER : Tick.Taker.SELLER)
                    : new Tick.Quote(FIRST + chosen, "burst", 0, time, time, price - 1, 100, price + 21, 100));
        }
        offered += count;
    }

    private void deliver() {
        while (!waiting.isEmpty()) {
            List<Tick> next = new ArrayList<>();
            for (Tick tick : waiting) {
                if (next.size() == 4_096) {
                    break;
                }
                next.add(tick);
            }
            if (stream.offer(TickBatch.byInstrument(next)) == TickStream.Outcome.FULL) {
                full++;
                bound();
                return;
            }
            taken += next.size();
            for (int i = 0; i < next.size(); i++) {
                waiting.removeFirst();
            }
        }
    }

    private void bound() {
        carried = Math.max(carried, waiting.size());
        if (waiting.size() <= WAITING) {
            return;
        }
        Set<Long> quoted = new HashSet<>();
        Deque<Tick> kept = new ArrayDeque<>();
        while (!waiting.isEmpty()) {
            Tick tick = waiting.removeLast();
            if (tick instanceof Tick.Trade || quoted.add(tick.instrument())) {
                kept.addFirst(tick);
            } else {
                conflated++;
            }
        }
        waiting.addAll(kept);
        while (waiting.size() > WAITING) {
            waiting.removeFirst();
            refused++;
        }
    }

    Histogram normal() {
        return normal;
    }

    Histogram burst() {
        return burst;
    }

    /** In words. */
    String counts() {
        return "%,d offered, %,d taken, %,d quotes conflated, %,d trades refused; the stream was full %,d times, and at most %,d ticks waited with the sender"
                .formatted(offered, taken, conflated, refused, full, carried);
    }

    /** Of what is left after collections, in bytes. */
    static long live() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getCollectionUsage() != null).mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
    }
}
