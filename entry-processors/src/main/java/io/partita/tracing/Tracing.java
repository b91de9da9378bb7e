package io.partita.tracing;

import com.hazelcast.core.HazelcastInstance;
import java.util.Collection;
import java.util.List;

/**
 * Tells a collector of traces what is done, when, and as part of what. A place in a trace is a {@code traceparent} of W3C Trace Context, a string
 * that travels with commands; it is null where nobody looks, and then nothing is written, carried or told. A member that sends traces has one
 * in its user context under {@link #KEY}. Thread-safe.
 */
public interface Tracing {

    /** Where a member's own is in its user context. */
    String KEY = "io.partita.tracing";

    /** Nobody looks. */
    Tracing NONE = new Tracing() {

        @Override
        public String current() {
            return null;
        }

        @Override
        public Span begin(String name, String parent, Collection<String> links) {
            return Span.NONE;
        }

        @Override
        public Span open(String name, String parent, Collection<String> links) {
            return Span.NONE;
        }
    };

    /** That of a member; {@link #NONE} of a client, and of a member without one. */
    static Tracing of(HazelcastInstance grid) {
        return grid.getUserContext().get(KEY) instanceof Tracing tracing ? tracing : NONE;
    }

    /** The place of the calling thread in a trace that is recorded, or null. */
    String current();

    /**
     * Begins a piece of work that may end on another thread.
     *
     * @param parent of what it is a part; null for nothing that is recorded, and then neither is this
     * @param links  what else it is done for, such as the other callers of a commit
     */
    Span begin(String name, String parent, Collection<String> links);

    /** Likewise for work of the calling thread, whose place it is until it is closed, by the same thread. */
    Span open(String name, String parent, Collection<String> links);

    /** A part of what the calling thread does. */
    default Span open(String name) {
        return open(name, current(), List.of());
    }

    /** A piece of work. */
    interface Span extends AutoCloseable {

        /** One that is not recorded. */
        Span NONE = new Span() {

            @Override
            public String place() {
                return null;
            }

            @Override
            public Span tag(String name, Object value) {
                return this;
            }

            @Override
            public void close() {
                // Nothing was begun.
            }
        };

        /** Its own place, the parent of its parts; null if it is not recorded. */
        String place();

        /** Says something of it: a number, or a few words. */
        Span tag(String name, Object value);

        /** It has ended. */
        @Override
        void close();
    }
}
