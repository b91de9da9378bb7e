package io.partita.member.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The ledger's protocol under thousands of schedules; see "Simulation" in docs/ledger.md for how to run more of them and how to look
 * into one.
 */
class SimulationTest {

    private static final Logger LEDGER = (Logger) LoggerFactory.getLogger("io.partita.member.ledger");
    private static final Logger TEST = (Logger) LoggerFactory.getLogger(SimulationTest.class);
    /** What each kind of sabotage must be noticed by, and nothing less. */
    private static final Map<Sabotage, Set<String>> NOTICED_BY = Map.of(
            Sabotage.FENCING, Set.of(Oracle.LIMITS),
            Sabotage.DEDUPLICATION, Set.of(Oracle.EXACTLY_ONCE),
            Sabotage.SEQUENCE, Set.of(Oracle.GRID_IS_FOLD, Oracle.READING_IS_FOLD),
            Sabotage.MERGE, Set.of(Oracle.LIMITS, Oracle.GRID_IS_FOLD, Oracle.READING_IS_FOLD),
            Sabotage.ACKNOWLEDGEMENT, Set.of(Oracle.EXACTLY_ONCE),
            Sabotage.RESERVATION, Set.of(Oracle.LIMITS));

    private static Level before;

    @BeforeAll
    static void quiet() {
        before = LEDGER.getLevel();
        // Thousands of members that lose their database have much to say.
        LEDGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LEDGER.setLevel(before);
    }

    @Test
    void the_protocol_holds_under_some_hundred_schedules() {
        holds(1, 500, TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    @Tag("slow")
    void the_protocol_holds_under_tens_of_thousands_of_schedules() {
        String code = System.getProperty("simulation.replay");
        if (code == null) {
            holds(Long.getLong("simulation.seed", 100_000), Long.getLong("simulation.schedules", 20_000),
                    TimeUnit.SECONDS.toNanos(Long.getLong("simulation.seconds", 60)));
        } else {
            replay(code);
        }
    }

    private static void holds(long seed, long count, long nanos) {
        long start = System.nanoTime();
        Schedules.Result result = Schedules.run(seed, count, nanos, Sabotage.NONE, outcome -> !outcome.passed());
        double seconds = (System.nanoTime() - start) / 1e9;
        TEST.info("{} schedules from seed {} in {} s: {} a second, {} events; {} requests booked, {} refused, {} with an unknown outcome on the way",
                result.schedules(), seed, Math.round(seconds), Math.round(result.schedules() / seconds), result.events(), result.booked(),
                result.refused(), result.unknown());
        assertThat(result.failed()).as(() -> story(result.failed(), Sabotage.NONE)).isNull();
        assertThat(result.booked()).as("the schedules are not idle").isGreaterThan(result.schedules() * 5);
    }

    private static void replay(String code) {
        Simulation.Outcome outcome = Simulation.tell(Plan.parse(code), Sabotage.valueOf(System.getProperty("simulation.sabotage", "NONE")));
        TEST.info("{}\n{}\n{}", outcome.plan().described(), String.join("\n", outcome.chronicle()), String.join("\n", outcome.violations()));
        assertThat(outcome.violations()).isEmpty();
    }

    /** The shortest schedule found that fails as this one does, and what happens in it. */
    private static String story(Simulation.Outcome failed, Sabotage sabotage) {
        Plan shortest = Shrinker.shrink(failed.plan(), sabotage, failed.violated());
        Simulation.Outcome told = Simulation.tell(shortest, sabotage);
        return "schedule " + failed.plan().described() + "\n  " + String.join("\n  ", failed.violations())
                + "\nshortest found that fails likewise: " + shortest.described() + "\n  " + String.join("\n  ", told.violations())
                + "\n" + String.join("\n", told.chronicle())
                + "\nagain: -Dsimulation.replay=" + shortest.code() + (sabotage == Sabotage.NONE ? "" : " -Dsimulation.sabotage=" + sabotage);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_protocol_with_a_part_missing_is_found_out_by_what_the_part_is_for(Sabotage sabotage) {
        Set<String> expected = NOTICED_BY.get(sabotage);
        Schedules.Result result = Schedules.run(1, 20_000, Long.MAX_VALUE, sabotage, outcome -> outcome.violates(expected));
        assertThat(result.failed()).as("%s goes unnoticed for %s schedules", sabotage, result.schedules()).isNotNull();
        Plan shortest = Shrinker.shrink(result.failed().plan(), sabotage, expected);
        assertThat(shortest.size()).isLessThanOrEqualTo(result.failed().plan().size());
        List<String> violations = Simulation.run(shortest, sabotage).violations();
        assertThat(violations).as("the shortest schedule fails, too").anyMatch(violation -> expected.stream().anyMatch(violation::startsWith));
        TEST.info("{} is noticed after {} schedules; the shortest found: {}\n  {}", sabotage, result.schedules(), shortest.described(),
                violations.getFirst());
    }

    @Test
    void a_schedule_follows_from_its_seed_alone() {
        Simulation.Outcome once = Simulation.tell(Plan.of(17), Sabotage.NONE);
        Simulation.Outcome again = Simulation.tell(Plan.parse(Plan.of(17).code()), Sabotage.NONE);
        assertThat(once.chronicle()).isNotEmpty().isEqualTo(again.chronicle());
        assertThat(Simulation.tell(Plan.of(18), Sabotage.NONE).chronicle()).isNotEqualTo(once.chronicle());
    }
}
