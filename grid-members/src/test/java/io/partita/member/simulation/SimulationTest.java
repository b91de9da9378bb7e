package io.partita.member.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SimulationTest {

    @Test
    void first() {
        ((Logger) LoggerFactory.getLogger("io.partita.member.ledger")).setLevel(Boolean.getBoolean("simulation.log") ? Level.DEBUG : Level.OFF);
        int count = Integer.getInteger("simulation.schedules", 200);
        long from = Long.getLong("simulation.seed", 1);
        long start = System.nanoTime();
        long events = 0;
        int failed = 0;
        long attempts = 0;
        for (long seed = from; seed < from + count; seed++) {
            Simulation.Outcome outcome = Simulation.run(Plan.of(seed), Sabotage.valueOf(System.getProperty("simulation.sabotage", "NONE")));
            events += outcome.events();
            attempts += outcome.history().requests.stream().filter(History.Request::booked).count();
            if (!outcome.passed() && failed++ < 10) {
                System.out.println(outcome.plan().described() + "\n  " + String.join("\n  ", outcome.violations()) + "\n ended " + outcome.endedAt() / World.MILLIS);
            }
        }
        System.out.println(count + " schedules, " + failed + " failed, " + events / count + " events each, booked " + attempts + ", " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(failed).isZero();
    }
}
