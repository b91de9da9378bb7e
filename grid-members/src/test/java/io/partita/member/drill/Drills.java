package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Checker;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.load.DrillAccounts;
import io.partita.member.drill.load.Load;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How every drill of one member begins and ends. */
final class Drills {

    private static final Duration PREPARATION = Duration.ofSeconds(60);
    private static final Duration RESOLUTION = Duration.ofSeconds(60);

    private Drills() {
    }

    /**
     * Connects to a member, opens the accounts and gives each customer some money.
     *
     * @param patience     how long a client repeats by itself what may go through later
     * @param largestBatch most transfers of one batch call
     */
    static Load load(DrilledMember member, int callers, int largestBatch, Duration patience) throws InterruptedException {
        Load load = Load.connect(Load.Settings.grid(member.cluster(), member.gridAddress(), callers, largestBatch, patience), member.history());
        load.prepare(PREPARATION);
        return load;
    }

    /** Stops the load and checks everything that must always hold. */
    static List<Finding> check(DrilledMember member, Load load) throws SQLException, InterruptedException {
        load.stop(RESOLUTION);
        List<Finding> findings = Checker.check(new Checker.Scene(Histories.open(List.of(member.history())), member.jdbcUrl(), "postgres", "",
                List.of(member.rest()), member.key(), member.cluster(), List.of(member.gridAddress()), DrillAccounts.singles(), 7));
        assertThat(findings).allMatch(Finding::passed, "passed");
        return findings;
    }

    /** How many of something a check looked at. */
    static long counted(List<Finding> findings, String what) {
        return findings.stream().flatMap(finding -> finding.counted().stream()).filter(count -> count.what().equals(what)).mapToLong(Finding.Count::number).sum();
    }
}
