package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a failing schedule as small as it can while it violates the same. */
final class Shrinker {

    /** Enough for plans of this size; bounds the time that a failing test takes. */
    private static final int MOST_RUNS = 600;
    /** A smaller plan takes another course: some of these may lead to the failure again. */
    private static final int LUCKS = 6;

    private final Sabotage sabotage;
    private final Set<String> violated;
    private int runs;

    private Shrinker(Sabotage sabotage, Set<String> violated) {
        this.sabotage = sabotage;
        this.violated = violated;
    }

    /** The smallest plan found that violates one of the invariants that the given one does. */
    static Plan shrink(Plan failing, Sabotage sabotage, Set<String> violated) {
        return new Shrinker(sabotage, violated).shrink(failing);
    }

    private Plan shrink(Plan failing) {
        Plan smallest = failing;
        for (Plan next = failing; next != null; next = smaller(smallest)) {
            smallest = next;
        }
        return smallest;
    }

    private Plan smaller(Plan plan) {
        for (Plan candidate : candidates(plan)) {
            for (int luck = 0; luck < LUCKS && runs < MOST_RUNS; luck++) {
                runs++;
                Plan tried = candidate.withLuck(plan.luck() + luck * 1_000_003L);
                if (Simulation.run(tried, sabotage).violates(violated)) {
                    return tried;
                }
            }
        }
        return null;
    }

    /** The boldest first. */
    private static List<Plan> candidates(Plan plan) {
        List<Plan> candidates = new ArrayList<>();
        for (int fault = 0; fault < plan.faults().size(); fault++) {
            candidates.add(plan.withoutFault(fault));
        }
        if (plan.skews().stream().anyMatch(skew -> skew != 0)) {
            candidates.add(plan.withoutSkew());
        }
        if (plan.clients() > 1) {
            candidates.add(plan.withClients(plan.clients() / 2));
            candidates.add(plan.withClients(plan.clients() - 1));
        }
        if (plan.requests() > 1) {
            candidates.add(plan.withRequests(plan.requests() / 2));
            candidates.add(plan.withRequests(plan.requests() - 1));
        }
        if (plan.millis() > 500) {
            candidates.add(plan.withMillis(plan.millis() / 2));
            candidates.add(plan.withMillis(plan.millis() * 4 / 5));
        }
        return candidates;
    }
}
