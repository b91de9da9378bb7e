package io.partita.member.drill.check;

import java.util.List;

/**
 * Something that was checked, and what came of it.
 *
 * @param rule       short and stable, such as {@code invariant-1}
 * @param name       the rule in one sentence
 * @param passed     whether it held
 * @param counted    what was looked at, in the order in which to show it
 * @param violations how many times it did not hold
 * @param shown      the first of them, at most {@link #MOST_SHOWN}
 */
public record Finding(String rule, String name, boolean passed, List<Count> counted, long violations, List<Violation> shown) {

    /** The most violations that are kept of one rule. */
    public static final int MOST_SHOWN = 20;

    /** How many of what. */
    public record Count(String what, long number) {
    }

    /**
     * A place where the rule did not hold, with the evidence.
     *
     * @param what     in one sentence
     * @param columns  headings of the evidence
     * @param evidence the operations and rows that show it, each with as many values as there are headings
     */
    public record Violation(String what, List<String> columns, List<List<String>> evidence) {
        public Violation {
            columns = List.copyOf(columns);
            evidence = evidence.stream().map(List::copyOf).toList();
        }
    }

    public Finding {
        counted = List.copyOf(counted);
        shown = List.copyOf(shown);
    }
}
