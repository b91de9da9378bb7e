package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.DrilledMember.Metrics;
import io.partita.member.drill.load.Load;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database goes away under full load. {@code -Ddrill.outage=60} makes it stay away for a minute.
 */
@Tag("slow")
class StoreOutageTest {

    private static final int CALLERS = 48;
    private static final int BATCH = 500;
    private static final long DEADLINE_SECONDS = 3;
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("drill.outage", 6));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_database_that_hangs_or_dies_costs_answers_but_no_memory_and_no_booking() throws Exception {
        try (DrilledMember member = DrilledMember.start("--partita.ledger.deadline=" + DEADLINE_SECONDS + "s", "--partita.ledger.max-queued=20000");
             Load load = Drills.load(member, CALLERS, BATCH, Duration.ZERO)) {
            load.start();
            pause(Duration.ofSeconds(3));
            Metrics before = member.metrics();
            load.tally().longestCall();

            Map<String, Long> sofar = load.tally().codes();
            member.pauseDatabase();
            // What was on its way is answered first.
            pause(Duration.ofMillis(500));
            long booked = load.tally().lastBooked();
            Metrics highest = watch(member, load, OUTAGE);
            assertThat(load.tally().lastBooked()).as("bookings while the database hangs").isEqualTo(booked);
            assertThat(since(sofar, load.tally().codes())).as("refusals while the database hangs").isNotEmpty().allMatch(code -> EXPECTED.contains(code));
            member.resumeDatabase();
            Duration hung = servesAgain(member, load);
            report("hung for " + OUTAGE.toSeconds() + " s", before, highest, hung, load);

            sofar = load.tally().codes();
            long killed = System.nanoTime();
            member.killDatabase();
            servesAgain(member, load);
            Duration died = Duration.ofNanos(System.nanoTime() - killed);
            assertThat(since(sofar, load.tally().codes())).as("refusals while the database starts").allMatch(code -> EXPECTED.contains(code));
            report("died", before, member.metrics(), died, load);

            Drills.check(member, load);
        }
    }

    private static final Set<String> EXPECTED = Set.of("STORE_UNAVAILABLE", "OUTCOME_UNKNOWN", "OVERLOADED");

    /** The codes that came up since, apart from bookings and from what the accounts do not allow. */
    private static Set<String> since(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> news = new HashMap<>(now);
        news.entrySet().removeIf(entry -> entry.getValue().equals(before.getOrDefault(entry.getKey(), 0L)));
        news.keySet().removeAll(Set.of("BOOKED", "INSUFFICIENT_FUNDS", "CREDIT_LIMIT_EXCEEDED", "LINKED_FAILED", "PENDING_EXPIRED"));
        return news.keySet();
    }

    /** Watches the member for so long and returns the most that it used; checks that calls go on being answered, and in time. */
    private static Metrics watch(DrilledMember member, Load load, Duration time) {
        Metrics highest = member.metrics();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            member.requireAlive();
            load.requireRunning();
            Metrics now = member.metrics();
            highest = new Metrics(Math.max(highest.heapUsed(), now.heapUsed()), Math.max(highest.queued(), now.queued()));
            pause(Duration.ofMillis(250));
        }
        assertThat(highest.queued()).as("commands that wait").isLessThanOrEqualTo(20_000);
        assertThat(highest.heapUsed()).as("heap in use").isLessThan(600L << 20);
        // A call may wait in the client for one of the calls in front of it, and then has the member's deadline to itself.
        assertThat(load.tally().longestCall()).as("the longest call").isLessThan(Duration.ofSeconds(2 * DEADLINE_SECONDS + 4));
        return highest;
    }

    private static Duration servesAgain(DrilledMember member, Load load) {
        long begin = System.nanoTime();
        while (load.tally().lastBooked() < begin) {
            member.requireAlive();
            load.requireRunning();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time without a booking").isLessThan(PATIENCE);
            pause(Duration.ofMillis(20));
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void report(String what, Metrics before, Metrics highest, Duration back, Load load) {
        System.out.printf("database %s: heap %d MB before, at most %d MB meanwhile; at most %,d commands waited; booking again after %.1f s; %s%n", what,
                before.heapUsed() >> 20, highest.heapUsed() >> 20, highest.queued(), back.toMillis() / 1e3, load.tally().codes());
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
