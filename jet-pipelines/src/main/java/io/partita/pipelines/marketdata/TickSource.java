package io.partita.pipelines.marketdata;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.jet.core.metrics.Unit;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.map.IMap;
import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.ReaderKey;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickPage;
import io.partita.marketdata.stream.TickStream;
import io.partita.tracing.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The stream of ticks as a source of jobs. Lanes are divided among members; a snapshot has the place of each lane, so that a job that is restored goes on with the
 * very next batch. Once a snapshot is complete, senders are told that nothing before it is needed again. Emits {@link TickBatch}es, those of
 * an instrument in order.
 */
public final class TickSource {

    private TickSource() {
    }

    /** All ticks, from the oldest that is there on; without timestamps, since each instrument has a time of its own. */
    public static StreamSource<TickBatch> ticks() {
        return Sources.streamFromProcessor("ticks", ProcessorMetaSupplier.of(1, Reader::new));
    }

    /** Reads some lanes. A place is a page, and how many batches of it are done. */
    private static final class Reader extends AbstractProcessor {

        private static final int PAGES = 16;
        private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
        private final List<Lane> lanes = new ArrayList<>();
        private final Map<Integer, long[]> restored = new HashMap<>();
        private IMap<ReaderKey, Long> readers;
        private long job;
        private String jobName;
        private Tracing tracing;
        private int turn;
        private Traverser<Map.Entry<BroadcastKey<Integer>, long[]>> snapshot;

        private static final class Lane {
            private final int number;
            private final Ringbuffer<TickPage> ring;
            private CompletableFuture<ReadResultSet<TickPage>> reading;
            private Iterator<TickPage> pages;
            private List<TickBatch> page;
            /** From when the page was read until the last of it was taken by whom it is for. */
            private Tracing.Span span = Tracing.Span.NONE;
            private long next;
            private int done;
            private long saved = -1;
            private long notBefore = System.nanoTime();

            Lane(int number, Ringbuffer<TickPage> ring) {
                this.number = number;
                this.ring = ring;
            }
        }

        @Override
        protected void init(Context context) {
            job = context.jobId();
            jobName = Util.idToString(job);
            tracing = Tracing.of(context.hazelcastInstance());
            readers = context.hazelcastInstance().getMap(MarketDataNames.TICK_READERS);
            for (int lane = context.globalProcessorIndex(); lane < TickStream.LANES; lane += context.totalParallelism()) {
                lanes.add(new Lane(lane, context.hazelcastInstance().getRingbuffer(TickStream.lane(lane))));
            }
        }

        @Override
        public boolean complete() {
            // Each lane in turn, so that a full one does not keep the others waiting.
            for (int i = 0; i < lanes.size(); i++) {
                Lane lane = lanes.get(turn);
                if (!emit(lane)) {
                    return false;
                }
                turn = (turn + 1) % lanes.size();
            }
            return false;
        }

        /** False if there is no room for more. */
        private boolean emit(Lane lane) {
            if (lane.page == null && lane.pages == null && !arrived(lane)) {
                return true;
            }
            while (lane.page != null || lane.pages.hasNext()) {
                if (lane.page == null) {
                    TickPage page = lane.pages.next();
                    lane.page = page.batches();
                    lane.span = tracing.begin("stream ticks", page.trace(), List.of());
                }
                while (lane.done < lane.page.size()) {
                    if (!tryEmit(lane.page.get(lane.done))) {
                        return false;
                    }
                    lane.done++;
                }
                lane.span.tag("partita.job", jobName).tag("partita.lane", lane.number).close();
                lane.page = null;
                lane.done = 0;
                lane.next++;
            }
            lane.pages = null;
            return true;
        }

        private boolean arrived(Lane lane) {
            if (lane.reading == null) {
                if (System.nanoTime() - lane.notBefore >= 0) {
                    lane.reading = lane.ring.readManyAsync(lane.next, 1, PAGES, null).toCompletableFuture();
                }
                return false;
            }
            if (!lane.reading.isDone()) {
                return false;
            }
            CompletableFuture<ReadResultSet<TickPage>> answer = lane.reading;
            lane.reading = null;
            try {
                take(lane, answer.get());
                return true;
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof HazelcastInstanceNotActiveException ending) {
                    throw ending;
                }
                // While members come and go; the job is restarted if that is needed.
                getLogger().fine("Lane " + lane.number + " is read again in a moment", failed.getCause());
                lane.notBefore = System.nanoTime() + PAUSE_NANOS;
                return false;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void take(Lane lane, ReadResultSet<TickPage> read) {
            if (read.size() == 0) {
                return;
            }
            long first = read.getSequence(0);
            if (first != lane.next) {
                if (first > lane.next && lane.next > 0) {
                    Metrics.metric("pagesLost", Unit.COUNT).increment(first - lane.next);
                    getLogger().warning((first - lane.next) + " pages of lane " + lane.number + " were overwritten before they were read");
                }
                lane.next = first;
                lane.done = 0;
            }
            int done = lane.done;
            lane.pages = read.iterator();
            if (done > 0) {
                // The first batches of this page are in the snapshot already.
                lane.page = lane.pages.next().batches();
            }
        }

        @Override
        public boolean saveToSnapshot() {
            if (snapshot == null) {
                snapshot = Traversers.traverseStream(lanes.stream().map(lane -> {
                    lane.saved = lane.next;
                    return Util.entry(BroadcastKey.broadcastKey(lane.number), new long[] {lane.next, lane.done});
                })).onFirstNull(() -> snapshot = null);
            }
            return emitFromTraverserToSnapshot(snapshot);
        }

        @Override
        public boolean snapshotCommitFinish(boolean success) {
            if (success) {
                lanes.stream().filter(lane -> lane.saved >= 0).forEach(lane -> readers.setAsync(new ReaderKey(job, lane.number), lane.saved));
            }
            return true;
        }

        @Override
        protected void restoreFromSnapshot(Object key, Object value) {
            restored.put((Integer) ((BroadcastKey<?>) key).key(), (long[]) value);
        }

        @Override
        public boolean finishSnapshotRestore() {
            for (Lane lane : lanes) {
                long[] place = restored.get(lane.number);
                if (place != null) {
                    lane.next = place[0];
                    lane.done = (int) place[1];
                }
            }
            return true;
        }

        @Override
        public void close() {
            lanes.stream().filter(lane -> lane.reading != null).forEach(lane -> lane.reading.cancel(true));
        }
    }
}
