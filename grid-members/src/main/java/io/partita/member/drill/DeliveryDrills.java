package io.partita.member.drill;

import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.Drill.Plan;
import io.partita.member.drill.arena.Arena.Restored;
import io.partita.member.drill.arena.MemberProcess;
import io.partita.member.drill.arena.NextVersion;
import io.partita.member.drill.arena.StoreProcess;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Drills of what operators do on purpose: they go back to a moment in another place, and bring members to the next version. */
final class DeliveryDrills {

    private DeliveryDrills() {
    }

    static List<Drill> all() {
        return List.of(
                new Drill("backup-restore", "PostgreSQL is copied while it is written to, and restored to a moment in another place",
                        "exactly what was committed until then is there, verifies, and is served by a member; nobody is disturbed meanwhile", 0, 1, false,
                        Set.of(Goal.NOTHING_FAILS), DeliveryDrills::backupRestore),
                // The last one: members of the next version stay.
                new Drill("rolling-upgrade", "each member in turn is replaced by one of the next version, which has fields, columns and tables more",
                        "versions work beside each other, and not a single request fails", 0, 1, false, Set.of(Goal.NOTHING_FAILS), DeliveryDrills::rollingUpgrade));
    }

    private static Plan backupRestore(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            StoreProcess store = stage.arena().store();
            stage.breaks("the files of PostgreSQL are copied, and its log is kept from now on", store::backUp);
            stage.mends("the copy is complete", () -> { });
            stage.let(stage.span().dividedBy(2));
            String moment = store.now();
            stage.step("the moment to go back to is " + moment, () -> { });
            stage.let(stage.span().dividedBy(2));
            stage.step("all that was committed by now is archived", () -> { });
            store.awaitArchived();
            Restored restored = stage.arena().restore(moment);
            try {
                stage.step("another PostgreSQL has what was committed until then", () -> { });
                Restoration restoration = new Restoration(store, restored, moment, stage.arena().key());
                stage.proves(restoration.same());
                restored.start();
                stage.step("a member serves it", () -> { });
                restoration.served().forEach(stage::proves);
            } finally {
                restored.end();
            }
        });
    }

    private static Plan rollingUpgrade(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            NextVersion next = stage.arena().nextVersion();
            for (MemberProcess member : stage.arena().members()) {
                stage.breaks(member + " stopped in good order", () -> {
                    if (!stage.arena().stop(member)) {
                        throw new IllegalStateException(member + " did not stop and had to be killed:\n" + member.lastLines(30));
                    }
                });
                stage.restarts(member + " started as " + NextVersion.text(), () -> member.start(next));
                stage.awaitWhole();
                // For a while versions are mixed.
                stage.let(stage.span().dividedBy(members));
            }
            stage.proves(Upgrade.finding(stage.arena(), next));
        });
    }
}
