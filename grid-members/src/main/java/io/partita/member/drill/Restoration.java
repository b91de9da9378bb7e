package io.partita.member.drill;

import io.partita.member.drill.arena.Arena.Restored;
import io.partita.member.drill.arena.StoreProcess;
import io.partita.member.drill.check.Checker;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.check.Finding.Count;
import io.partita.member.drill.check.Finding.Violation;
import io.partita.member.drill.history.Histories;
import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What was restored to a moment, held against what was committed until then. Used by one thread. */
final class Restoration {

    /** The server that went on stamped each commit; batches are committed one after the other. */
    private static final String UNTIL = "(select * from ledger_batch where pg_xact_commit_timestamp(xmin) <= '%s'::timestamptz)";
    private static final String PRINT = """
            select (select count(*) from %1$s b) as batches,
                   (select count(*) from ledger_transfer t join %1$s b using (batch)) as transfers,
                   (select coalesce(md5(string_agg(md5(t::text), '' order by t.id)), '') from ledger_transfer t join %1$s b using (batch)) as digest,
                   (select coalesce(encode(root, 'hex'), '') from %1$s b order by position desc limit 1) as root""";

    private final StoreProcess original;
    private final Restored restored;
    private final String moment;
    private final ClientKey key;

    /** A ledger in a few words: as many rows, the same to the last byte, and the same Merkle root. */
    private record Print(long batches, long transfers, String digest, String root) {
    }

    Restoration(StoreProcess original, Restored restored, String moment, ClientKey key) {
        this.original = original;
        this.restored = restored;
        this.moment = moment;
        this.key = key;
    }

    /** Whether exactly the right rows are there; before anybody writes to it. */
    Finding same() {
        Print expected = print(original, UNTIL.formatted(moment));
        Print found = print(restored.store(), "ledger_batch");
        long later = original.count("select count(*) from ledger_transfer") - expected.transfers();
        String head = restored.store().text("select encode(root, 'hex') from ledger_head");
        List<Violation> violations = new ArrayList<>();
        if (!expected.equals(found) || !head.equals(found.root())) {
            violations.add(new Violation("What was restored is not what was committed until " + moment, List.of("where", "batches", "transfers", "digest", "root"),
                    List.of(row("committed", expected), row("restored", found), List.of("head of the restored journal", "", "", "", head))));
        }
        if (later <= 0 || expected.transfers() == 0) {
            violations.add(new Violation("Nothing was booked before or after the moment, so that this shows nothing", List.of("before", "after"),
                    List.of(List.of(Long.toString(expected.transfers()), Long.toString(later)))));
        }
        return new Finding("restored", "Exactly what was committed until the moment is in the restored database: the same rows, to the last byte, and the same Merkle root",
                violations.isEmpty(), List.of(new Count("transfers until then, all there", expected.transfers()), new Count("commits of the ledger", expected.batches()),
                        new Count("later transfers, none there", later)), violations.size(), violations);
    }

    private static List<String> row(String where, Print print) {
        return List.of(where, Long.toString(print.batches()), Long.toString(print.transfers()), print.digest(), print.root());
    }

    private static Print print(StoreProcess store, String batches) {
        try (Connection connection = DriverManager.getConnection(store.url(), store.user(), ""); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(PRINT.formatted(batches))) {
            row.next();
            return new Print(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4) == null ? "" : row.getString(4));
        } catch (SQLException e) {
            throw new IllegalStateException("The ledgers cannot be compared: " + e.getMessage(), e);
        }
    }

    /** Whether the journal verifies, and a member shows and proves what is in it, and goes on. */
    List<Finding> served() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            Checker.checkAlone(new Checker.Scene(Histories.open(List.of()), restored.store().url(), restored.store().user(), "", List.of(restored.member().rest("")), key,
                    restored.cluster(), List.of(restored.member().grid().toString()), Set.of(), 1)).forEach(finding -> findings.add(new Finding("restored-" + finding.rule(),
                    finding.name() + " (of what was restored)", finding.passed(), finding.counted(), finding.violations(), finding.shown())));
        } catch (SQLException e) {
            throw new IllegalStateException("The restored journal cannot be read: " + e.getMessage(), e);
        }
        findings.add(goesOn());
        return findings;
    }

    private Finding goesOn() throws InterruptedException {
        List<Violation> violations = new ArrayList<>();
        long size = restored.store().count("select size from ledger_head");
        try {
            for (String account : List.of("990000001", "990000002")) {
                expect(201, "/api/v1/accounts", "{\"id\":\"" + account + "\",\"name\":\"After\",\"type\":\"ASSET\",\"currency\":\"EUR\"}", violations);
            }
            expect(201, "/api/v1/transfers", "{\"id\":\"" + UUID.randomUUID()
                    + "\",\"debitAccount\":\"990000001\",\"creditAccount\":\"990000002\",\"amount\":\"1.00\",\"currency\":\"EUR\"}", violations);
        } catch (IOException e) {
            violations.add(new Violation("The member does not answer: " + e.getMessage(), List.of(), List.of()));
        }
        long more = restored.store().count("select size from ledger_head") - size;
        return new Finding("restored-goes-on", "The member over the restored database books on, at the end of the restored journal", violations.isEmpty() && more > 0,
                List.of(new Count("entries more", more)), violations.size(), violations);
    }

    private void expect(int status, String path, String json, List<Violation> violations) throws IOException, InterruptedException {
        int answer = restored.member().post(path, json);
        if (answer != status) {
            violations.add(new Violation("POST " + path + " was answered with " + answer, List.of("sent"), List.of(List.of(json))));
        }
    }
}
