package io.partita.member.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was looked up lately, at most so much of it; what was not asked for longest goes first. Thread-safe. */
final class Remembered<V> {

    private final Map<String, V> values;
    private long forgotten;

    Remembered(int most) {
        this.values = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What is known of a key, or what the look-up finds now; what it does not find is looked up again next time. */
    Optional<V> find(String key, Function<String, Optional<V>> lookUp) {
        long before;
        synchronized (this) {
            V known = values.get(key);
            if (known != null) {
                return Optional.of(known);
            }
            before = forgotten;
        }
        Optional<V> found = lookUp.apply(key);
        synchronized (this) {
            // What was found may have been changed since, and that may have been told before this was put there to be forgotten.
            if (before == forgotten) {
                found.ifPresent(value -> values.put(key, value));
            }
        }
        return found;
    }

    synchronized void forget(Predicate<V> which) {
        forgotten++;
        values.values().removeIf(which);
    }
}
