package io.partita.member.drill;

import io.partita.member.drill.report.DrillReport.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** What happens in a drill, as it happens. Thread-safe. */
final class Timeline {

    private final long origin;
    private final Consumer<Event> listener;
    private final List<Event> events = new ArrayList<>();
    private final List<Span> faults = new ArrayList<>();
    private String broken;
    private long brokenSince;

    /** Something was broken from then till then. */
    record Span(String what, long fromMillis, long toMillis) {
    }

    /** @param origin the moment from which times count, on the monotonic clock */
    Timeline(long origin, Consumer<Event> listener) {
        this.origin = origin;
        this.listener = listener;
    }

    long now() {
        return (System.nanoTime() - origin) / 1_000_000;
    }

    void add(Event.Kind kind, String node, String what) {
        add(new Event(now(), kind, node, what));
    }

    private void add(Event event) {
        synchronized (this) {
            events.add(event);
        }
        listener.accept(event);
    }

    /** Notes what is being broken before it is: nothing that comes of it may seem to come earlier. */
    void breaks(String what) {
        mend();
        synchronized (this) {
            broken = what;
            brokenSince = now();
        }
        add(Event.Kind.FAULT, "", what);
    }

    void mends(String what) {
        mend();
        add(Event.Kind.MENDED, "", what);
    }

    private synchronized void mend() {
        if (broken != null) {
            faults.add(new Span(broken, brokenSince, now()));
            broken = null;
        }
    }

    synchronized List<Span> faults() {
        return List.copyOf(faults);
    }

    synchronized List<Event> events() {
        return events.stream().sorted(Comparator.comparingLong(Event::atMillis)).toList();
    }
}
