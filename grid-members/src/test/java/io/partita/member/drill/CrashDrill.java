package io.partita.member.drill;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.load.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills a member in mid-load again and again, and its database once, then holds everything that clients were told against the journal
 * and the grid.
 */
final class CrashDrill {

    private static final int CALLERS = 24;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final DrilledMember member;
    private final Load load;
    private final PrintStream out;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Duration> outages = new ArrayList<>();

    /** What came of a drill. Counts are of answers: a transfer that was asked for again counts again. */
    record Figures(long acknowledged, long refused, long unknown, long transfers, List<Duration> outages) {

        Duration median() {
            return outages.stream().sorted().toList().get(outages.size() / 2);
        }

        Duration longest() {
            return Collections.max(outages);
        }

        @Override
        public String toString() {
            return "acknowledged %,d, refused %,d, unknown %,d; transfers in the journal %,d; from a kill to the next booking %.1f s (median), %.1f s (longest)"
                    .formatted(acknowledged, refused, unknown, transfers, median().toMillis() / 1e3, longest().toMillis() / 1e3);
        }
    }

    private CrashDrill(DrilledMember member, Load load, PrintStream out) {
        this.member = member;
        this.load = load;
        this.out = out;
    }

    /** Arguments: how often to kill the member (20), how often to kill its database (1). */
    public static void main(String[] arguments) throws Exception {
        System.out.println(run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1, System.out));
    }

    /** Runs a drill; fails if anything that must always hold does not. */
    static Figures run(int memberKills, int databaseKills, PrintStream out) throws IOException, InterruptedException, SQLException {
        try (DrilledMember member = DrilledMember.start();
             Load load = Drills.load(member, CALLERS, 40, Duration.ofSeconds(2))) {
            return new CrashDrill(member, load, out).run(memberKills, databaseKills);
        }
    }

    private Figures run(int memberKills, int databaseKills) throws IOException, InterruptedException, SQLException {
        load.start();
        for (int i = 1; i <= memberKills; i++) {
            loaded();
            long killed = System.nanoTime();
            member.killAndRestart();
            served("kill " + i + " of the member", killed);
            // It serves the ledger before it is up, and ends when its database goes away while it comes up.
            member.awaitReady();
        }
        for (int i = 1; i <= databaseKills; i++) {
            loaded();
            long killed = System.nanoTime();
            member.killDatabase();
            served("kill " + i + " of the database", killed);
        }
        loaded();
        List<Finding> findings = Drills.check(member, load);
        findings.forEach(finding -> out.println(finding.rule() + ": " + finding.counted()));
        return new Figures(load.tally().booked(), load.tally().refused(), load.tally().unknown(),
                Drills.counted(findings, "transfers in the journal"), outages);
    }

    /** Lets the load run for a moment that nobody can foresee. */
    private void loaded() {
        pause(Duration.ofMillis(500 + random.nextInt(2_000)));
    }

    private void served(String what, long killed) {
        long begin = System.nanoTime();
        while (load.tally().lastBooked() < begin) {
            member.requireAlive();
            load.requireRunning();
            if (System.nanoTime() - begin > PATIENCE) {
                throw new IllegalStateException("Nothing was booked for two minutes after " + what + ":\n" + member.lastLines());
            }
            pause(Duration.ofMillis(20));
        }
        Duration outage = Duration.ofNanos(load.tally().lastBooked() - killed);
        outages.add(outage);
        out.printf("%s: booking again after %.1f s; %s%n", what, outage.toMillis() / 1e3, load.tally().codes());
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
