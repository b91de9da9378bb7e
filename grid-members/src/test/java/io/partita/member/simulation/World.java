package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Virtual time, chance and everything that happens, one thing after another on one thread: from the same seed the same run, event
 * by event. Time passes only from one event to the next, so that a minute of pauses costs nothing.
 */
public final class World {

    public static final long MICROS = 1_000;
    public static final long MILLIS = 1_000_000;
    public static final long SECONDS = 1_000_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private final SplittableRandom random;
    private long now;
    private long count;
    private int cancelled;
    private Strand current;
    private List<String> chronicle;

    private static final class Event implements Comparable<Event> {
        private final long at;
        private final long number;
        private final Host host;
        /** Null once it is not to happen any more. */
        private Runnable action;

        Event(long at, long number, Host host, Runnable action) {
            this.at = at;
            this.number = number;
            this.host = host;
            this.action = action;
        }

        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    public World(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Nanoseconds since the beginning. */
    public long now() {
        return now;
    }

    /** From now on what is noted is kept. */
    public List<String> chronicle() {
        chronicle = new ArrayList<>();
        return chronicle;
    }

    /** Tells those who look into a schedule what happens. */
    public void note(Supplier<String> what) {
        if (chronicle != null) {
            chronicle.add(String.format(Locale.ROOT, "%10.3f ms  %s", now / 1e6, what.get()));
        }
    }

    /** How much has happened. */
    public long count() {
        return count;
    }

    // ---- chance ------------------------------------------------------------------------------------------------------

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long between(long from, long to) {
        return from + random.nextLong(to - from + 1);
    }

    public long number() {
        return random.nextLong();
    }

    // ---- events ------------------------------------------------------------------------------------------------------

    /** Lets something happen after a while, in a host. */
    public void after(long delay, Host host, Runnable action) {
        add(delay, host, action);
    }

    private Event add(long delay, Host host, Runnable action) {
        Event event = new Event(now + delay, count++, host, action);
        events.add(event);
        return event;
    }

    /** Most answers come long before patience is at its end: events that nobody waits for would be most of the queue. */
    private void cancel(Event event) {
        if (event.action == null) {
            return;
        }
        event.action = null;
        if (++cancelled > 100 && cancelled > events.size() / 2) {
            events.removeIf(each -> each.action == null);
            cancelled = 0;
        }
    }

    /** Lets something happen after a while, whatever hosts do. */
    public void after(long delay, Runnable action) {
        after(delay, null, action);
    }

    /** Runs until nothing is left to happen before the given time. */
    public void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at <= end) {
            Event event = events.poll();
            Runnable action = event.action;
            if (action == null) {
                cancelled--;
                continue;
            }
            event.action = null;
            now = event.at;
            if (event.host == null) {
                action.run();
            } else {
                event.host.run(action);
            }
        }
        now = Math.max(now, end);
    }

    // ---- strands -----------------------------------------------------------------------------------------------------

    /** Starts a thread of a host, as it were. */
    public void start(Host host, Runnable body) {
        Strand strand = new Strand(host, body);
        after(0, host, () -> resume(strand));
    }

    private void resume(Strand strand) {
        Strand before = current;
        current = strand;
        try {
            strand.resume();
        } finally {
            current = before;
        }
    }

    /** Stops the strand that calls for so long. */
    public void pause(long nanos) {
        Strand strand = current;
        after(Math.max(0, nanos), strand.host, () -> resume(strand));
        Strand.stop();
    }

    /** Stops the strand that calls until there is an answer. */
    public <T> T await(CompletableFuture<T> answer) {
        if (!answer.isDone()) {
            Strand strand = current;
            answer.whenComplete((value, failure) -> after(0, strand.host, () -> resume(strand)));
            Strand.stop();
        }
        return answer.join();
    }

    /**
     * Stops the strand that calls until there is an answer, or the time is over.
     *
     * @throws CompletionException with the failure, or with a {@link TimeoutException}
     */
    public <T> T await(CompletionStage<T> stage, long patience) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (!answer.isDone()) {
            Strand strand = current;
            boolean[] resumed = new boolean[1];
            Runnable once = () -> {
                if (!resumed[0]) {
                    resumed[0] = true;
                    resume(strand);
                }
            };
            Event over = add(patience, strand.host, once);
            answer.whenComplete((value, failure) -> {
                cancel(over);
                after(0, strand.host, once);
            });
            Strand.stop();
        }
        if (!answer.isDone()) {
            throw new CompletionException(new TimeoutException());
        }
        return answer.join();
    }
}
