package io.partita.member.drill;

import static io.partita.member.drill.Drill.some;

import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.Drill.Plan;
import io.partita.member.drill.arena.MemberProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Drills that end, stop, restart and mislead members. */
final class MemberDrills {

    /** Longer than a view's lease and than the silence after which a member counts as gone. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(12);

    private MemberDrills() {
    }

    static List<Drill> all() {
        return List.of(
                new Drill("kill", "a member is killed (SIGKILL), and started again later",
                        "the others book again within 10 s", 0, 1, false, Set.of(Goal.WRITES_RESUME), MemberDrills::kill),
                new Drill("pause", "a member stops in its tracks (SIGSTOP) until everybody has given it up, then goes on as if nothing had happened",
                        "what it wakes up with is refused", 0, 1, false, Set.of(Goal.WRITES_RESUME), MemberDrills::pause),
                new Drill("rolling-restart", "each member in turn is stopped in good order and started again",
                        "not a single request fails, from clients that repeat for up to 15 s what may go through later", 0, 1, false, Set.of(Goal.NOTHING_FAILS), MemberDrills::rollingRestart),
                new Drill("scale-out-in", "a member joins the cluster, and leaves it again",
                        "accounts move while they are booked on", 0, 1, false, Set.of(Goal.READS_GO_ON), MemberDrills::scaleOutIn),
                new Drill("clock-skew", "a member's clock is minutes ahead",
                        "no decision rests on a member's clock", 0, 1, false, Set.of(), MemberDrills::clockSkew),
                new Drill("full-power-loss", "all members and PostgreSQL are killed at once, and started again",
                        "what was acknowledged is there", 0, 1, false, Set.of(), MemberDrills::powerLoss));
    }

    private static Plan kill(int members, SplittableRandom chance) {
        int victim = 1 + chance.nextInt(members);
        return Plan.sides(members, "beside the killed one", List.of(victim), "the others", stage -> {
            MemberProcess member = stage.arena().member(victim);
            stage.breaks(member + " killed", member::kill);
            stage.let(stage.span());
            stage.restarts(member + " started again", member::start);
            stage.awaitWhole();
        });
    }

    private static Plan pause(int members, SplittableRandom chance) {
        int victim = 1 + chance.nextInt(members);
        return Plan.sides(members, "beside the paused one", List.of(victim), "the others", stage -> {
            MemberProcess member = stage.arena().member(victim);
            stage.breaks(member + " stopped in its tracks", member::pause);
            stage.let(stage.span().compareTo(LONG_PAUSE) < 0 ? LONG_PAUSE : stage.span());
            stage.mends(member + " goes on", member::resume);
        });
    }

    private static Plan rollingRestart(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            for (MemberProcess member : stage.arena().members()) {
                stage.breaks(member + " stopped in good order", () -> {
                    if (!stage.arena().stop(member)) {
                        throw new IllegalStateException(member + " did not stop and had to be killed:\n" + member.lastLines(30));
                    }
                });
                stage.restarts(member + " started again", member::start);
                stage.awaitWhole();
            }
        });
    }

    private static Plan scaleOutIn(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            MemberProcess guest = stage.arena().addMember();
            stage.step(guest + " joins", guest::start);
            stage.awaitWhole();
            stage.let(stage.span().dividedBy(2));
            stage.breaks(guest + " leaves", () -> {
                stage.arena().stop(guest);
                stage.arena().forget(guest);
            });
            stage.mends(members + " members again", () -> { });
            stage.awaitWhole();
        });
    }

    private static Plan clockSkew(int members, SplittableRandom chance) {
        int victim = some(1, members, chance).getFirst();
        String offset = (chance.nextBoolean() ? "" : "-") + (180 + chance.nextInt(420)) + "s";
        return Plan.sides(members, "beside the wrong clock", List.of(victim), "the others", stage -> {
            MemberProcess member = stage.arena().member(victim);
            stage.step(member + " stops", () -> stage.arena().stop(member));
            stage.breaks(member + " starts with a clock that is " + offset + " off", () -> member.start(List.of("--partita.drill.clock-offset=" + offset)));
            stage.awaitWhole();
            stage.let(stage.span());
            stage.restarts(member + " gets its right clock back", () -> {
                stage.arena().stop(member);
                member.start();
            });
            stage.awaitWhole();
        });
    }

    private static Plan powerLoss(int members, SplittableRandom chance) {
        return Plan.everywhere(members, stage -> {
            stage.breaks("everything killed", () -> {
                stage.arena().store().kill();
                stage.arena().members().parallelStream().forEach(MemberProcess::kill);
            });
            stage.let(Duration.ofSeconds(2));
            stage.restarts("everything started again", () -> {
                stage.arena().store().start();
                stage.arena().members().forEach(MemberProcess::start);
            });
            stage.awaitWhole();
        });
    }
}
