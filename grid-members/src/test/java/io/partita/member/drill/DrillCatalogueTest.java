package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.Drill.Plan;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrillCatalogueTest {

    static List<Drill> drills() {
        return DrillCatalogue.all();
    }

    @Test
    void every_drill_has_a_name_of_its_own() {
        assertThat(DrillCatalogue.all()).extracting(Drill::name).doesNotHaveDuplicates().contains("split", "split-even", "split-no-majority", "one-way",
                "flapping", "bridge", "kill", "pause", "rolling-restart", "scale-out-in", "store-down", "store-slow",
                "store-unreachable-from-one-side", "slow-network", "clock-skew", "full-power-loss", "duplicate-storm", "backup-restore", "rolling-upgrade");
    }

    @ParameterizedTest
    @MethodSource("drills")
    void a_drill_is_found_by_its_name_and_says_what_it_does(Drill drill) {
        assertThat(DrillCatalogue.named(drill.name())).contains(drill);
        assertThat(drill.breaks()).isNotBlank().doesNotEndWith(".");
        assertThat(drill.holds()).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest
    @MethodSource("drills")
    void every_member_is_on_exactly_one_side_whatever_is_chosen(Drill drill) {
        for (int members = Math.max(2, drill.members()); members <= 7; members++) {
            for (int seed = 0; seed < 50; seed++) {
                Plan plan = drill.planner().plan(members, new SplittableRandom(seed));
                assertThat(plan.sides().values().stream().flatMap(Collection::stream)).as("%d members, seed %d", members, seed)
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, members).boxed().toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("drills")
    void a_seed_repeats_what_was_chosen(Drill drill) {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(drill.planner().plan(5, new SplittableRandom(seed)).sides())
                    .isEqualTo(drill.planner().plan(5, new SplittableRandom(seed)).sides());
        }
    }

    @Test
    void a_split_leaves_a_majority() {
        Drill split = DrillCatalogue.named("split").orElseThrow();
        for (int members = 3; members <= 9; members++) {
            Plan plan = split.planner().plan(members, new SplittableRandom(members));
            assertThat(plan.sides().get("majority").size()).isGreaterThan(members / 2);
        }
    }
}
