package io.partita.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the steps that matter among many that lead to a failure. */
public final class Shortening {

    private Shortening() {
    }

    /**
     * Leaves out ever smaller chunks, as long as the rest still fails.
     *
     * @param fails   replays some steps
     * @param replays how many to spend at most
     */
    public static List<Long> of(List<Long> failing, Predicate<List<Long>> fails, int replays) {
        List<Long> shortest = failing;
        int chunk = failing.size() / 2;
        for (int at = shortest.size(), spent = 0; chunk > 0 && spent < replays; spent++) {
            // From the end: what comes before keeps its meaning.
            int from = Math.max(0, at - chunk);
            List<Long> candidate = new ArrayList<>(shortest.subList(0, from));
            candidate.addAll(shortest.subList(at, shortest.size()));
            boolean shorter = at > 0 && fails.test(candidate);
            shortest = shorter ? candidate : shortest;
            at = from;
            if (at == 0) {
                chunk = shorter ? Math.min(chunk, shortest.size()) : chunk / 2;
                at = shortest.size();
            }
        }
        return shortest;
    }
}
