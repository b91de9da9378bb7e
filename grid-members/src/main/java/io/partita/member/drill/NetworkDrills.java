package io.partita.member.drill;

import static io.partita.member.drill.Drill.memberNodes;
import static io.partita.member.drill.Drill.nodes;
import static io.partita.member.drill.Drill.numbers;
import static io.partita.member.drill.Drill.some;
import static io.partita.member.drill.Drill.without;

import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.Drill.Plan;
import io.partita.member.drill.arena.Link;
import io.partita.member.drill.arena.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;

/** Drills that break the network between members. PostgreSQL stays within reach of all: what a side may do with it, it will. */
final class NetworkDrills {

    private NetworkDrills() {
    }

    static List<Drill> all() {
        return List.of(
                new Drill("split", "the network parts into a majority and a minority",
                        "the majority books again within 10 s; reads never stop; the minority books nothing of its own",
                        0, 1, false, Set.of(Goal.WRITES_RESUME, Goal.READS_GO_ON), NetworkDrills::split),
                new Drill("split-no-majority", "every member is cut off from every other",
                        "whoever books is the only one; reads never stop", 0, 1, false, Set.of(Goal.READS_GO_ON), NetworkDrills::isolation),
                new Drill("one-way", "one member hears the others, but they do not hear it",
                        "nobody waits for the mute one for long", 0, 1, false, Set.of(Goal.READS_GO_ON), NetworkDrills::oneWay),
                new Drill("flapping", "a member is cut off and comes back, again and again",
                        "no cut, however short, books anything twice or loses it", 0, 1, false, Set.of(), NetworkDrills::flapping),
                new Drill("bridge", "two halves do not see each other, and one member sees both",
                        "the one in the middle does not book for both", 3, 1, false, Set.of(Goal.READS_GO_ON), NetworkDrills::bridge),
                new Drill("slow-network", "everything takes a quarter of a second longer to arrive",
                        "slow is not dead: the members stay together, and go on", 0, 1, true, Set.of(Goal.READS_GO_ON), NetworkDrills::slow),
                new Drill("duplicate-storm", "clients send every request three times, and a member is cut off meanwhile",
                        "each transfer is booked once", 0, 3, false, Set.of(Goal.READS_GO_ON), NetworkDrills::storm),
                new Drill("split-even", "the network parts into two equal halves",
                        "no half books what the other one does not know of; reads never stop", 4, 1, false, Set.of(Goal.READS_GO_ON),
                        NetworkDrills::halves));
    }

    private static Plan split(int members, SplittableRandom chance) {
        List<Integer> minority = some(Math.max(1, (members - 1) / 2), members, chance);
        List<Integer> majority = without(members, minority);
        return Plan.sides(members, "minority", minority, "majority", stage -> {
            stage.breaks("split " + majority + " | " + minority, () -> stage.network().cut(Link.between(nodes(majority), nodes(minority))));
            stage.let(stage.span());
            stage.mends("network whole", stage.network()::heal);
        });
    }

    /** Where there are relays, they send once more what the clients send. */
    private static Plan storm(int members, SplittableRandom chance) {
        Plan split = split(members, chance);
        return new Plan(split.sides(), stage -> {
            if (stage.network().relays()) {
                Set<Link> links = Link.between(numbers(members).stream().map(Node::client).toList(), memberNodes(numbers(members)));
                stage.step("every REST connection is made twice", () -> {
                    stage.network().twice(links);
                    stage.network().reset(links);
                });
            }
            split.script().run(stage);
        });
    }

    /** An odd one stays on the one side, which then is a majority. */
    private static Plan halves(int members, SplittableRandom chance) {
        List<Integer> one = some(members / 2, members, chance);
        List<Integer> other = without(members, one);
        SequencedMap<String, List<Integer>> sides = new LinkedHashMap<>();
        sides.put("one half", one);
        sides.put("other half", other);
        return new Plan(sides, stage -> {
            stage.breaks("split " + one + " | " + other, () -> stage.network().cut(Link.between(nodes(one), nodes(other))));
            stage.let(stage.span());
            stage.mends("network whole", stage.network()::heal);
        });
    }

    private static Plan isolation(int members, SplittableRandom chance) {
        SequencedMap<String, List<Integer>> sides = new LinkedHashMap<>();
        numbers(members).forEach(number -> sides.put("member " + number, List.of(number)));
        return new Plan(sides, stage -> {
            stage.breaks("every member alone", () -> {
                Set<Link> links = new LinkedHashSet<>();
                numbers(members).forEach(number -> links.addAll(Link.between(nodes(List.of(number)), nodes(without(members, List.of(number))))));
                stage.network().cut(links);
            });
            stage.let(stage.span());
            stage.mends("network whole", stage.network()::heal);
        });
    }

    private static Plan oneWay(int members, SplittableRandom chance) {
        List<Integer> mute = some(1, members, chance);
        return Plan.sides(members, "the mute one", mute, "the others", stage -> {
            stage.breaks("nobody hears member " + mute.getFirst(),
                    () -> stage.network().cut(Link.from(memberNodes(mute), memberNodes(without(members, mute)))));
            stage.let(stage.span());
            stage.mends("network whole", stage.network()::heal);
        });
    }

    private static Plan flapping(int members, SplittableRandom chance) {
        List<Integer> flapping = some(1, members, chance);
        return Plan.sides(members, "the flapping one", flapping, "the others", stage -> {
            Set<Link> links = Link.between(nodes(flapping), nodes(without(members, flapping)));
            long end = System.nanoTime() + stage.span().toNanos();
            while (System.nanoTime() < end) {
                stage.breaks("member " + flapping.getFirst() + " cut off", () -> stage.network().cut(links));
                stage.let(Duration.ofMillis(500 + stage.chance().nextInt(6_500)));
                stage.mends("member " + flapping.getFirst() + " back", () -> stage.network().restore(links));
                stage.let(Duration.ofMillis(500 + stage.chance().nextInt(2_500)));
            }
            stage.network().heal();
        });
    }

    private static Plan bridge(int members, SplittableRandom chance) {
        int middle = 1 + chance.nextInt(members);
        List<Integer> rest = without(members, List.of(middle));
        List<Integer> one = rest.subList(0, rest.size() / 2);
        List<Integer> other = rest.subList(rest.size() / 2, rest.size());
        SequencedMap<String, List<Integer>> sides = new LinkedHashMap<>();
        sides.put("one half", one);
        sides.put("the bridge", List.of(middle));
        sides.put("other half", other);
        return new Plan(sides, stage -> {
            stage.breaks(one + " and " + other + " see only member " + middle + " and themselves",
                    () -> stage.network().cut(Link.between(nodes(one), nodes(other))));
            stage.let(stage.span());
            stage.mends("network whole", stage.network()::heal);
        });
    }

    private static Plan slow(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            stage.breaks("250 ms more between members", () -> stage.network().slow(
                    Link.between(memberNodes(numbers(members)), memberNodes(numbers(members))), Duration.ofMillis(250)));
            stage.let(stage.span());
            stage.mends("as quick as before", stage.network()::heal);
        });
    }
}
