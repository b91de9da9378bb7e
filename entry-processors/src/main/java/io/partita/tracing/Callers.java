package io.partita.tracing;

import io.partita.tracing.Tracing.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * For whom a piece of work is done, such as a commit for all that wait for it. It is told once, as a part of the first of them that is recorded, and linked to the others: each finds it. Not thread-safe.
 */
public final class Callers {

    /** Collectors keep no more. */
    private static final int MOST_LINKS = 127;

    /** Null while nobody is recorded, which is most of the time. */
    private List<String> places;

    /** One more, by its place in a trace; null for one that is not recorded. */
    public void add(String place) {
        if (place == null) {
            return;
        }
        if (places == null) {
            places = new ArrayList<>();
        }
        // Pieces of one call come one after another.
        if (places.isEmpty() || places.size() <= MOST_LINKS && !places.getLast().equals(place)) {
            places.add(place);
        }
    }

    /** All of others. */
    public void add(Callers others) {
        if (others.places != null) {
            others.places.forEach(this::add);
        }
    }

    /** Begins what is done for them, which may end on another thread. */
    public Span begin(Tracing tracing, String name) {
        return places == null ? Span.NONE : tracing.begin(name, places.getFirst(), places.subList(1, places.size()));
    }

    /** Likewise for work of the calling thread, whose place it is until it is closed. */
    public Span open(Tracing tracing, String name) {
        return places == null ? Span.NONE : tracing.open(name, places.getFirst(), places.subList(1, places.size()));
    }
}
