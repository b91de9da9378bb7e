package io.partita.member.status;

import io.partita.member.status.Promise.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a member's promises were kept, over the last hour and the last day, as far as it has run for so long. Looks at its counts once a minute, so that a window
 * begins up to a minute early. Thread-safe.
 */
final class ServiceLevels {

    static final Duration SHORT = Duration.ofHours(1);
    static final Duration LONG = Duration.ofDays(1);
    private static final Duration STEP = Duration.ofMinutes(1);

    private final List<Promise> promises;
    private final InstantSource clock;
    /** The oldest first; the first one is before the long window, or from the start. */
    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(Instant at, Map<String, Tally> tallies) {
    }

    /**
     * A promise and how it was kept.
     *
     * @param target the part of cases that have to be good
     */
    record Level(String name, String meaning, double target, Window hour, Window day) {

        /** Whether the last hour spends the budget of a day so fast that it is gone within two hours. */
        boolean burning() {
            return hour.burnRate() != null && hour.burnRate() > 12;
        }
    }

    /**
     * A promise over a time.
     *
     * @param since      its beginning: the window's, or the member's
     * @param achieved   the part of cases that were good; null if there was none
     * @param budgetLeft the part of the cases that may fail which has not failed yet: 1 for all of it, below 0 if the promise was broken; null if there was none
     * @param burnRate   how many times as fast as allowed the budget is spent; null likewise
     */
    record Window(Instant since, long total, long bad, Double achieved, Double budgetLeft, Double burnRate) {

        static Window of(Instant since, Tally tally, double target) {
            if (tally.total() == 0) {
                return new Window(since, 0, 0, null, null, null);
            }
            double failed = (double) tally.bad() / tally.total();
            double rate = failed / (1 - target);
            return new Window(since, tally.total(), tally.bad(), 1 - failed, 1 - rate, rate);
        }
    }

    ServiceLevels(List<Promise> promises, InstantSource clock) {
        this.promises = List.copyOf(promises);
        this.clock = clock;
        Map<String, Tally> nothing = new HashMap<>();
        promises.forEach(promise -> nothing.put(promise.name(), Tally.NONE));
        looks.add(new Look(clock.instant(), nothing));
    }

    /** Looks at the counts, if a minute has passed. */
    synchronized void look() {
        Instant now = clock.instant();
        if (now.isBefore(looks.getLast().at().plus(STEP))) {
            return;
        }
        looks.add(new Look(now, tallies()));
        while (looks.size() > 2 && !second().at().isAfter(now.minus(LONG))) {
            looks.removeFirst();
        }
    }

    private Look second() {
        var each = looks.iterator();
        each.next();
        return each.next();
    }

    private Map<String, Tally> tallies() {
        Map<String, Tally> tallies = new HashMap<>();
        promises.forEach(promise -> tallies.put(promise.name(), promise.tally().get()));
        return tallies;
    }

    /** Every promise, now. */
    synchronized List<Level> levels() {
        Instant now = clock.instant();
        Map<String, Tally> counts = tallies();
        Look hourAgo = before(now.minus(SHORT));
        Look dayAgo = before(now.minus(LONG));
        List<Level> levels = new ArrayList<>();
        for (Promise promise : promises) {
            levels.add(new Level(promise.name(), promise.meaning(), promise.target(), window(promise, counts, hourAgo), window(promise, counts, dayAgo)));
        }
        return levels;
    }

    /** One of the promises, now. */
    Level level(Promise promise) {
        return levels().stream().filter(level -> level.name().equals(promise.name())).findFirst().orElseThrow();
    }

    private static Window window(Promise promise, Map<String, Tally> counts, Look from) {
        return Window.of(from.at(), counts.get(promise.name()).minus(from.tallies().get(promise.name())), promise.target());
    }

    /** The last look up to then, or the first there is. */
    private Look before(Instant then) {
        Look found = looks.getFirst();
        for (Look look : looks) {
            if (!look.at().isAfter(then)) {
                found = look;
            }
        }
        return found;
    }
}
