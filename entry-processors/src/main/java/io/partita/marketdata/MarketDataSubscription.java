package io.partita.marketdata;

import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import com.hazelcast.topic.ReliableMessageListener;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.UpdateBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps one view current: takes batches from the topic, asks the book for what is missing between them, and looks once a second whether there
 * is more than the topic told. Everything happens on one virtual thread. Thread-safe.
 */
public final class MarketDataSubscription implements AutoCloseable {

    /** Of batches that wait; what does not fit is asked for later. */
    private static final int MAX_WAITING = 256;
    private static final long LOOK_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 50;

    private final MarketDataClient client;
    private final long instrument;
    private final MarketDataListener listener;
    private final Consumer<MarketDataSubscription> closed;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder gaps = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private Supplier<ITopic<UpdateBatch>> topic;
    private volatile ITopic<UpdateBatch> heard;
    private volatile UUID registration;
    private Thread thread;
    private DepthView view;
    private volatile boolean closing;

    MarketDataSubscription(MarketDataClient client, long instrument, MarketDataListener listener, Consumer<MarketDataSubscription> closed) {
        this.client = client;
        this.instrument = instrument;
        this.listener = listener;
        this.closed = closed;
    }

    void start(Supplier<ITopic<UpdateBatch>> updates) {
        topic = updates;
        thread = Thread.ofVirtual().name("market-data-" + instrument).start(this::run);
    }

    /** How often updates were missing and had to be asked for. */
    public long gaps() {
        return gaps.sum();
    }

    /** How many snapshots it took. */
    public long snapshots() {
        return snapshots.sum();
    }

    /**
     * Does something with the view, in turn with what comes; not before there is one.
     *
     * @return false if too much waits already
     */
    public boolean execute(Consumer<DepthView> task) {
        return waiting.offer(() -> task.accept(view));
    }

    private void run() {
        while (!closing) {
            try {
                if (registration == null) {
                    // At first; and again if the grid gave the listener up, as when it was away for long.
                    heard = topic.get();
                    UUID listening = heard.addMessageListener(new Arrival());
                    registration = listening;
                    if (closing) {
                        // Whoever closed may not have seen it.
                        heard.removeMessageListener(listening);
                    }
                } else if (view == null) {
                    begin();
                } else {
                    Runnable next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    (next == null ? (Runnable) this::repair : next).run();
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException passing) {
                // The book is on its way to another member, or this one is not connected.
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            closing = true;
        }
    }

    private void begin() {
        Optional<BookSnapshot> snapshot = client.snapshot(instrument);
        if (snapshot.isEmpty()) {
            pause();
            return;
        }
        snapshots.increment();
        DepthView begun = DepthView.of(snapshot.get());
        listener.began(begun);
        // Not before the listener has it: what fails there is tried again.
        view = begun;
    }

    private void follow(UpdateBatch batch) {
        switch (apply(batch)) {
            case APPLIED, KNOWN -> { }
            case GAP -> {
                gaps.increment();
                repair();
            }
            case OTHER_HISTORY -> view = null;
        }
    }

    private DepthView.Outcome apply(UpdateBatch batch) {
        List<MarketUpdate> applied = new ArrayList<>();
        DepthView.Outcome outcome = view.apply(batch, applied::add);
        if (!applied.isEmpty()) {
            listener.updated(view, applied);
        }
        return outcome;
    }

    /** Asks the book for all that follows on what the view has; the view begins again if the book does not have that. */
    private void repair() {
        while (!closing) {
            Optional<UpdateBatch> missed = client.after(instrument, view.sequence());
            if (missed.isEmpty()) {
                pause();
                continue;
            }
            if (missed.get().after() != view.sequence() || apply(missed.get()) == DepthView.Outcome.OTHER_HISTORY) {
                view = null;
                return;
            }
            if (missed.get().last() == missed.get().after()) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        UUID listening = registration;
        if (listening != null) {
            heard.removeMessageListener(listening);
        }
        closed.accept(this);
    }

    /** What the topic hands over, from now on; whatever it lost is found missing by the numbers. */
    private final class Arrival implements ReliableMessageListener<UpdateBatch> {

        @Override
        public void onMessage(Message<UpdateBatch> message) {
            // Offered, not put: when it is full, the next batch that fits shows the gap.
            waiting.offer(() -> follow(message.getMessageObject()));
        }

        @Override
        public void onCancel() {
            registration = null;
        }

        @Override
        public long retrieveInitialSequence() {
            return -1;
        }

        @Override
        public void storeSequence(long sequence) {
            // It begins with a snapshot each time.
        }

        @Override
        public boolean isLossTolerant() {
            return true;
        }

        @Override
        public boolean isTerminal(Throwable failure) {
            return false;
        }
    }
}
