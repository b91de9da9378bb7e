package io.partita.marketdata.stream;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.map.IMap;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.Ringbuffer;
import io.partita.marketdata.MarketDataNames;
import io.partita.tracing.Tracing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where ticks go into the stream, for a Hazelcast client or member. Thread-safe; batches of one instrument that are offered by one thread after the other keep
 * their order.
 */
public final class TickStream {

    /** Part of the wire format, as the names of the lanes. */
    public static final int LANES = 8;
    /** Pages of a lane, of at most {@link #PAGE} ticks each. */
    public static final int CAPACITY = 1_024;
    public static final int PAGE = 256;
    /** Pages that may be overwritten are told apart from needed ones by what readers told lately; others write meanwhile. */
    private static final int SPARE = CAPACITY / 8;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NOBODY = Long.MAX_VALUE;
    private static final long PAUSE_MILLIS = 5;

    private final LifecycleService life;
    private final List<Ringbuffer<TickPage>> lanes = new ArrayList<>();
    private final IMap<ReaderKey, Long> readers;
    private final Tracing tracing;
    /** The last page of each lane, and the first one that a reader may need, as far as is known here. */
    private final AtomicLongArray tails = new AtomicLongArray(LANES);
    private final AtomicLongArray needed = new AtomicLongArray(LANES);
    private volatile long looked = System.nanoTime() - LOOK_NANOS;

    /** What became of an offer. */
    public enum Outcome {
        /** All of it is in the stream, and on the backups. */
        TAKEN,
        /** None of it is: readers are too far behind. Offer it again after a pause. */
        FULL
    }

    private TickStream(HazelcastInstance hazelcast) {
        life = hazelcast.getLifecycleService();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(hazelcast.getRingbuffer(lane(lane)));
        }
        readers = hazelcast.getMap(MarketDataNames.TICK_READERS);
        tracing = Tracing.of(hazelcast);
    }

    /** A stream over a Hazelcast client or member, which stays the caller's. */
    public static TickStream of(HazelcastInstance hazelcast) {
        return new TickStream(hazelcast);
    }

    /** The name of a lane's ring. */
    public static String lane(int lane) {
        return MarketDataNames.TICKS + lane;
    }

    /** The lane of an instrument. */
    public static int laneOf(long instrument) {
        return Math.floorMod(Long.hashCode(instrument * 0x9e3779b97f4a7c15L), LANES);
    }

    /**
     * Puts batches into the stream.
     *
     * @throws HazelcastException    if the grid cannot tell whether it has them, or refuses to write; offered again, ticks with numbers are not counted twice
     * @throws IllegalStateException likewise, if this member ends or another one that was asked
     */
    public Outcome offer(List<TickBatch> batches) {
        Map<Integer, List<TickPage>> pages = pages(batches, tracing.current());
        look(false);
        for (Map.Entry<Integer, List<TickPage>> each : pages.entrySet()) {
            if (full(each.getKey(), each.getValue().size())) {
                look(true);
                if (full(each.getKey(), each.getValue().size())) {
                    return Outcome.FULL;
                }
            }
        }
        List<CompletionStage<Long>> adding = new ArrayList<>();
        pages.forEach((lane, each) -> adding.add(lanes.get(lane).addAllAsync(each, OverflowPolicy.OVERWRITE)
                .whenComplete((tail, _) -> {
                    if (tail != null) {
                        tails.accumulateAndGet(lane, tail, Math::max);
                    }
                })));
        adding.forEach(stage -> stage.toCompletableFuture().join());
        return Outcome.TAKEN;
    }

    /**
     * Puts batches into the stream, and waits as long as it is full or the grid cannot tell whether it has them.
     *
     * @throws InterruptedException  if the thread is; the stream may have them or not
     * @throws IllegalStateException if this client or member ends
     */
    public void put(List<TickBatch> batches) throws InterruptedException {
        while (true) {
            try {
                if (offer(batches) == Outcome.TAKEN) {
                    return;
                }
            } catch (HazelcastException | IllegalStateException | CompletionException unknown) {
                if (!life.isRunning()) {
                    throw unknown;
                }
                // Members come and go: offered again, numbers tell what was there.
                TimeUnit.MILLISECONDS.sleep(20 * PAUSE_MILLIS);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private boolean full(int lane, int pages) {
        long reader = needed.get(lane);
        return reader != NOBODY && tails.get(lane) + pages + 1 - reader > CAPACITY - SPARE;
    }

    private static Map<Integer, List<TickPage>> pages(List<TickBatch> batches, String trace) {
        Map<Integer, List<TickBatch>> byLane = new TreeMap<>();
        for (TickBatch batch : batches) {
            for (TickBatch part : parts(batch)) {
                byLane.computeIfAbsent(laneOf(batch.instrument()), _ -> new ArrayList<>()).add(part);
            }
        }
        Map<Integer, List<TickPage>> pages = new TreeMap<>();
        byLane.forEach((lane, parts) -> pages.put(lane, bound(parts, trace)));
        return pages;
    }

    /** No part has more ticks than a page. */
    private static List<TickBatch> parts(TickBatch batch) {
        int size = batch.ticks().size();
        if (size <= PAGE) {
            return List.of(batch);
        }
        List<TickBatch> parts = new ArrayList<>();
        for (int from = 0; from < size; from += PAGE) {
            int to = Math.min(size, from + PAGE);
            parts.add(new TickBatch(batch.instrument(), batch.ticks().subList(from, to), to == size ? batch.until() : 0));
        }
        return parts;
    }

    private static List<TickPage> bound(List<TickBatch> parts, String trace) {
        List<TickPage> pages = new ArrayList<>();
        List<TickBatch> page = new ArrayList<>();
        int ticks = 0;
        for (TickBatch part : parts) {
            // Batches without ticks count too: a page is bounded either way.
            int more = Math.max(1, part.ticks().size());
            if (ticks + more > PAGE) {
                pages.add(new TickPage(page, trace));
                page.clear();
                ticks = 0;
            }
            page.add(part);
            ticks += more;
        }
        if (!page.isEmpty()) {
            pages.add(new TickPage(page, trace));
        }
        return pages;
    }

    /** Asks for where readers and lanes stand, unless that was done just now. */
    private void look(boolean atOnce) {
        long now = System.nanoTime();
        if (!atOnce && now - looked < LOOK_NANOS) {
            return;
        }
        looked = now;
        long[] least = new long[LANES];
        Arrays.fill(least, NOBODY);
        readers.entrySet().forEach(reader -> {
            if (reader.getKey().lane() >= 0 && reader.getKey().lane() < LANES) {
                least[reader.getKey().lane()] = Math.min(least[reader.getKey().lane()], reader.getValue());
            }
        });
        for (int lane = 0; lane < LANES; lane++) {
            needed.set(lane, least[lane]);
            tails.set(lane, lanes.get(lane).tailSequence());
        }
    }

    /** The part of each lane that readers still need: 0 while nobody reads, 1 where nothing more is taken. */
    public double[] fill() {
        look(true);
        double[] fill = new double[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            long reader = needed.get(lane);
            fill[lane] = reader == NOBODY ? 0 : Math.clamp((tails.get(lane) + 1.0 - reader) / (CAPACITY - SPARE), 0, 1);
        }
        return fill;
    }

    /** How many pages a lane may still take before somebody would lose what they need; {@link #CAPACITY} while nobody reads. */
    public long room(int lane) {
        look(true);
        long reader = needed.get(lane);
        return reader == NOBODY ? CAPACITY : Math.max(0, CAPACITY - SPARE - (tails.get(lane) + 1 - reader));
    }
}
