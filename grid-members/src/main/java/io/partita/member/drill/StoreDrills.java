package io.partita.member.drill;

import static io.partita.member.drill.Drill.memberNodes;
import static io.partita.member.drill.Drill.some;

import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.Drill.Plan;
import io.partita.member.drill.arena.Link;
import io.partita.member.drill.arena.Node;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Drills that take PostgreSQL away. */
final class StoreDrills {

    private StoreDrills() {
    }

    static List<Drill> all() {
        return List.of(
                new Drill("store-down", "PostgreSQL is killed, and started again later",
                        "nothing is acknowledged meanwhile; callers are told so at once; reads never stop", 0, 1, false,
                        Set.of(Goal.READS_GO_ON), StoreDrills::down),
                new Drill("store-slow", "PostgreSQL works only a quarter of the time, in fits and starts",
                        "slow is not gone: booking goes on, in larger batches", 0, 1, false, Set.of(Goal.READS_GO_ON), StoreDrills::slow),
                new Drill("store-unreachable-from-one-side", "one member does not reach PostgreSQL, although it reaches the others",
                        "what was under way there is booked once or not at all; reads never stop", 0, 1, false,
                        Set.of(Goal.READS_GO_ON), StoreDrills::unreachable));
    }

    private static Plan down(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            stage.breaks("PostgreSQL killed", stage.arena().store()::kill);
            stage.let(stage.span());
            stage.mends("PostgreSQL started", stage.arena().store()::start);
        });
    }

    private static Plan slow(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            stage.breaks("PostgreSQL in fits and starts", () -> { });
            long end = System.nanoTime() + stage.span().toNanos();
            while (System.nanoTime() < end) {
                stage.arena().store().pause();
                stage.let(Duration.ofMillis(200 + stage.chance().nextInt(1_000)));
                stage.arena().store().resume();
                stage.let(Duration.ofMillis(50 + stage.chance().nextInt(350)));
            }
            stage.mends("PostgreSQL as before", stage.arena().store()::resume);
        });
    }

    private static Plan unreachable(int members, SplittableRandom chance) {
        List<Integer> cutOff = some(1, members, chance);
        return Plan.sides(members, "without the store", cutOff, "the others", stage -> {
            List<Node> store = List.of(Node.STORE);
            stage.breaks("member " + cutOff.getFirst() + " does not reach PostgreSQL", () -> {
                // What it has sent is done, and the answers are lost.
                stage.network().cut(Link.from(store, memberNodes(cutOff)));
                stage.network().cut(Link.from(memberNodes(cutOff), store));
            });
            stage.let(stage.span());
            stage.mends("PostgreSQL within reach again", stage.network()::heal);
        });
    }
}
