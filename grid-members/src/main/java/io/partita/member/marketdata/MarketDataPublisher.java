package io.partita.member.marketdata;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataNames;
import io.partita.member.trading.UpdateSink;
import io.partita.trading.feed.UpdateBatch;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Puts the updates of the books that this member drives on their topics. Of each book one message is under way, and takes along what has come
 * meanwhile; what does not fit is dropped, and readers ask the book for it. So a book never waits for its readers. Thread-safe.
 */
final class MarketDataPublisher implements UpdateSink {

    /** Of updates that wait, for each book. */
    private static final long MAX_WAITING_BYTES = 1 << 20;
    /** Of one message, unless a single batch is longer. */
    private static final int MAX_MESSAGE_BYTES = 1 << 17;
    /** So long after one message the updates of a book gather for the next. */
    private static final long GATHER_MILLIS = 2;

    private final HazelcastInstance hazelcast;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Long, Outbox> outboxes = new ConcurrentHashMap<>();
    private final Counter published;
    private final Counter dropped;

    MarketDataPublisher(HazelcastInstance hazelcast, MeterRegistry registry) {
        this.hazelcast = hazelcast;
        published = Counter.builder("partita.marketdata.published").description("messages put on the topics of books").register(registry);
        dropped = Counter.builder("partita.marketdata.dropped").description("batches of updates that no topic took in time").register(registry);
    }

    @Override
    public void on(long instrument, UpdateBatch updates) {
        if (updates.last() > updates.after()) {
            outboxes.computeIfAbsent(instrument, Outbox::new).add(updates);
        }
    }

    private final class Outbox {

        private final ITopic<UpdateBatch> topic;
        private final ArrayDeque<UpdateBatch> waiting = new ArrayDeque<>();
        private long bytes;
        private boolean underWay;

        Outbox(long instrument) {
            topic = hazelcast.getReliableTopic(MarketDataNames.topic(instrument));
        }

        void add(UpdateBatch updates) {
            synchronized (this) {
                if (!waiting.isEmpty() && bytes + updates.size() > MAX_WAITING_BYTES) {
                    dropped.increment(waiting.size());
                    waiting.clear();
                    bytes = 0;
                }
                waiting.add(updates);
                bytes += updates.size();
                if (underWay) {
                    return;
                }
                underWay = true;
            }
            threads.execute(this::send);
        }

        private void send() {
            for (UpdateBatch message = take(); message != null; message = take()) {
                try {
                    // Waits, on a thread that costs nothing: what publishAsync answers never completes for a topic that discards.
                    topic.publish(message);
                    published.increment();
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException failure) {
                    // The member stops, or this side of a split may not write.
                    dropped.increment();
                }
            }
        }

        /** What waits, as one message; null for nothing. */
        private synchronized UpdateBatch take() {
            UpdateBatch message = waiting.poll();
            if (message == null) {
                underWay = false;
                return null;
            }
            bytes -= message.size();
            while (!waiting.isEmpty() && message.size() + waiting.peek().size() <= MAX_MESSAGE_BYTES) {
                UpdateBatch joined = message.join(waiting.peek());
                if (joined == null) {
                    break;
                }
                bytes -= waiting.poll().size();
                message = joined;
            }
            return message;
        }
    }
}
