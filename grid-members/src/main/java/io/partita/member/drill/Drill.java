package io.partita.member.drill;

import io.partita.member.drill.arena.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.Set;

/**
 * Something to break on purpose, and what has to hold all the same.
 *
 * @param name       on the command line
 * @param breaks     what is broken, in one line
 * @param holds      what must hold beside the invariants, in one line
 * @param members    how many it takes at least; 0 for any
 * @param duplicates how often the clients send every request
 * @param delays     whether the network has to be able to delay
 * @param planner    decides, by chance, what exactly is broken
 */
public record Drill(String name, String breaks, String holds, int members, int duplicates, boolean delays, Set<Goal> goals, Planner planner) {

    /** What a drill asks for beside the invariants. */
    public enum Goal {
        /** Some side acknowledges writes again within ten seconds, while the fault lasts. */
        WRITES_RESUME,
        /** No side goes without an answered read. */
        READS_GO_ON,
        /** Nothing that was asked for fails. */
        NOTHING_FAILS
    }

    /** Draws up what happens this time. */
    @FunctionalInterface
    public interface Planner {

        /**
         * @param members how many there are, numbered from 1
         * @param chance  the only source of choices, so that a seed repeats them
         */
        Plan plan(int members, SplittableRandom chance);
    }

    /** The steps of a drill. */
    @FunctionalInterface
    public interface Script {
        void run(Stage stage) throws InterruptedException;
    }

    /**
     * What happens this time.
     *
     * @param sides  the numbers of members, and of the clients beside them, by what they are called in the report
     * @param script what is done
     */
    public record Plan(SequencedMap<String, List<Integer>> sides, Script script) {

        /** Every client by itself counts to one side. */
        static Plan everywhere(int members, Script script) {
            return new Plan(new LinkedHashMap<>(Map.of("all", numbers(members))), script);
        }

        /** Some members and the rest. */
        static Plan sides(int members, String some, List<Integer> numbers, String rest, Script script) {
            SequencedMap<String, List<Integer>> sides = new LinkedHashMap<>();
            sides.put(rest, without(members, numbers));
            sides.put(some, List.copyOf(numbers));
            return new Plan(sides, script);
        }
    }

    public Drill {
        Objects.requireNonNull(planner, "planner");
        goals = Set.copyOf(goals);
    }

    static List<Integer> numbers(int members) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    static List<Integer> without(int members, List<Integer> left) {
        List<Integer> rest = numbers(members);
        rest.removeAll(left);
        return rest;
    }

    /** So many members, by chance, in order. */
    static List<Integer> some(int count, int members, SplittableRandom chance) {
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < count) {
            chosen.add(1 + chance.nextInt(members));
        }
        return List.copyOf(chosen);
    }

    /** The members of these numbers and the clients beside them. */
    static List<Node> nodes(List<Integer> numbers) {
        List<Node> nodes = new ArrayList<>(memberNodes(numbers));
        numbers.forEach(number -> nodes.add(Node.client(number)));
        return nodes;
    }

    static List<Node> memberNodes(List<Integer> numbers) {
        return numbers.stream().map(Node::member).toList();
    }
}
