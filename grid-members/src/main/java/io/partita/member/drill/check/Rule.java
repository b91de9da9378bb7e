package io.partita.member.drill.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of the things that must always hold, while it is being checked: counts what was looked at and keeps the first violations. */
final class Rule {

    private final String rule;
    private final String name;
    private final Map<String, Long> counted = new LinkedHashMap<>();
    private final List<Suspicion> suspicions = new ArrayList<>();
    private long violations;

    /**
     * A violation of which the evidence is yet to be collected.
     *
     * @param ids      transfers whose operations and rows show it
     * @param account  an account whose last rows show it; 0 for none
     * @param position up to which position of the journal
     * @param direct   evidence that is at hand: source and text
     */
    record Suspicion(String what, List<UUID> ids, long account, long position, List<List<String>> direct) {

        static Suspicion of(String what, UUID... ids) {
            return new Suspicion(what, List.of(ids), 0, 0, List.of());
        }

        Suspicion with(String source, Object evidence) {
            List<List<String>> more = new ArrayList<>(direct);
            more.add(List.of(source, String.valueOf(evidence)));
            return new Suspicion(what, ids, account, position, more);
        }

        Suspicion withAccount(long suspect, long upTo) {
            return new Suspicion(what, ids, suspect, upTo, direct);
        }
    }

    Rule(String rule, String name) {
        this.rule = rule;
        this.name = name;
    }

    String rule() {
        return rule;
    }

    String name() {
        return name;
    }

    void count(String what, long more) {
        counted.merge(what, more, Long::sum);
    }

    void violated(Suspicion suspicion) {
        violations++;
        if (suspicions.size() < Finding.MOST_SHOWN) {
            suspicions.add(suspicion);
        }
    }

    void violated(String what, UUID... ids) {
        violated(Suspicion.of(what, ids));
    }

    long violations() {
        return violations;
    }

    List<Suspicion> suspicions() {
        return suspicions;
    }

    List<Finding.Count> counts() {
        return counted.entrySet().stream().map(entry -> new Finding.Count(entry.getKey(), entry.getValue())).toList();
    }
}
