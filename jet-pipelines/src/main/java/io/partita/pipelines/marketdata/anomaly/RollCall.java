package io.partita.pipelines.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which times are over: those of which everybody has told a bar who told one lately, or that were waited for long enough. So nothing is waited for that is there, and an
 * instrument that is a little slower than the others loses no bar, however quickly a file is played. Times are told in order, each once. The clock is the caller's, so the
 * state can be serialized and goes on elsewhere. Not thread-safe.
 */
final class RollCall implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Who was missing at so many times in a row is traded no more, and not waited for. */
    private static final int GIVEN_UP_AFTER = 10;
    /** Times that wait; beyond that the first goes without those who are missing. */
    private static final int MOST_OPEN = 1_000;
    /** Who there is must be learned first: what the journal has comes one instrument after the other. */
    private static final long BEGINNING = 2_000_000_000L;

    private final long patience;
    /** How often in a row each was missing. */
    private final Map<Long, Integer> missing = new HashMap<>();
    private final TreeMap<Long, Set<Long>> open = new TreeMap<>();
    /** Since when each time is waited for; of another clock after a restart. */
    private transient Map<Long, Long> since = new HashMap<>();
    private long last = Long.MIN_VALUE;

    /** A time that is over, and who told a bar of it. */
    record Over(long time, Set<Long> instruments) {
    }

    /** @param patience nanoseconds that a time waits for those who are missing */
    RollCall(long patience) {
        this.patience = patience;
    }

    /** Hears of a bar, in whatever order. @param time at which it ends @param now nanoseconds of a clock that only goes on */
    void heard(long instrument, long time, long now) {
        if (time > last) {
            open.computeIfAbsent(time, _ -> new HashSet<>()).add(instrument);
            since.putIfAbsent(time, now);
        }
    }

    /** The times that are over, and were not told before. */
    List<Over> over(long now) {
        List<Over> over = new ArrayList<>();
        while (!open.isEmpty() && (open.size() > MOST_OPEN || isOver(open.firstKey(), now))) {
            Map.Entry<Long, Set<Long>> first = open.pollFirstEntry();
            last = first.getKey();
            since.remove(last);
            missing.replaceAll((_, times) -> times + 1);
            first.getValue().forEach(instrument -> missing.put(instrument, 0));
            missing.values().removeIf(times -> times >= GIVEN_UP_AFTER);
            over.add(new Over(first.getKey(), first.getValue()));
        }
        return over;
    }

    private boolean isOver(long time, long now) {
        long waited = now - since.computeIfAbsent(time, _ -> now);
        boolean begun = last != Long.MIN_VALUE || waited >= Math.min(patience, BEGINNING);
        return waited >= patience || begun && open.get(time).containsAll(missing.keySet());
    }

    @Serial
    private Object readResolve() {
        since = new HashMap<>();
        return this;
    }
}
