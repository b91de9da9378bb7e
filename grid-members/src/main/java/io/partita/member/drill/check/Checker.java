package io.partita.member.drill.check;

import io.partita.member.drill.history.Histories;
import io.partita.member.rest.ClientKey;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The oracle: holds what clients were told, what the database has and what the members answer against each other. Checks everything and keeps
 * the first violations of each rule with the operations and rows that show them. Shares no code with the server.
 *
 * <p>What is told about a journal holds only for a journal that nobody writes to: the load has stopped, and {@link #awaitQuiet} has returned.
 */
public final class Checker {

    private static final int SAMPLES = 24;
    /** Within this time whatever members show has followed the journal. */
    public static final Duration PROJECTION = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 200;

    private final Journal journal;
    private final Histories histories;
    private final Rules rules = new Rules();
    private final TransferTable transfers = new TransferTable();
    private final Claims claims = new Claims(rules.balances);
    private final Fold fold = new Fold(rules, transfers, claims);

    /**
     * What to check.
     *
     * @param histories the histories of all clients that ever wrote to this ledger
     * @param jdbcUrl   the database
     * @param members   base addresses of all members' REST interfaces
     * @param key       what is presented to them
     * @param cluster   name of the grid
     * @param addresses its members, {@code host:port}
     * @param singles   accounts that single transfers alone touch, whose histories are searched for an order
     * @param seed      chooses what is proved
     */
    public record Scene(Histories histories, String jdbcUrl, String user, String password, List<URI> members, ClientKey key, String cluster, List<String> addresses,
                        Set<Long> singles, long seed) {
    }

    Checker(Journal journal, Histories histories) {
        this.journal = journal;
        this.histories = histories;
    }

    /** Checks a whole scene, once nothing more is being booked: one finding for each rule. */
    public static List<Finding> check(Scene scene) throws SQLException, InterruptedException {
        return check(scene, PROJECTION, PROJECTION);
    }

    /**
     * Likewise.
     *
     * @param settling how long pending transfers may take to expire; while the journal grows, what members prove is of another one than was read
     * @param patience how long what the members show may take to follow the journal
     */
    public static List<Finding> check(Scene scene, Duration settling, Duration patience) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(scene.jdbcUrl(), scene.user(), scene.password())) {
            awaitQuiet(connection, settling);
            Checker checker = new Checker(DatabaseJournal.snapshot(connection), scene.histories());
            JournalCheck read = checker.checkJournal(scene.seed());
            checker.checkHistories(scene.singles());
            checker.checkMembers(scene, System.nanoTime() + patience.toNanos());
            checker.checkProofs(read, scene);
            return checker.findings();
        }
    }

    /** Checks a journal of which nobody has the histories, such as one that was restored, and what the members over it show and prove. */
    public static List<Finding> checkAlone(Scene scene) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(scene.jdbcUrl(), scene.user(), scene.password())) {
            awaitQuiet(connection, PROJECTION);
            Checker checker = new Checker(DatabaseJournal.snapshot(connection), scene.histories());
            JournalCheck read = checker.checkJournal(scene.seed());
            checker.checkMembers(scene, System.nanoTime() + PROJECTION.toNanos());
            checker.checkProofs(read, scene);
            Rules rules = checker.rules;
            return new EvidenceSearch(checker.journal, checker.histories).findings(List.of(rules.limits, rules.balances, rules.doubleEntry, rules.proofs));
        }
    }

    private void checkMembers(Scene scene, long end) throws InterruptedException {
        Collection<Long> accounts = fold.accounts().keySet();
        try (GridAnswers grid = GridAnswers.connect(scene.cluster(), scene.addresses())) {
            checkShown(() -> grid.readings(accounts), end);
            checkShown(() -> grid.balances(accounts), end);
        } catch (IllegalStateException nobody) {
            rules.balances.violated("no Hazelcast client can connect: " + nobody.getMessage());
        }
        MemberAnswers answers = new MemberAnswers(scene.key());
        for (URI member : scene.members()) {
            checkShown(() -> answers.accounts(member), end);
        }
    }

    /** Waits until no pending transfer is left that will expire, and the journal has not grown for a while; or until the bound. */
    static void awaitQuiet(Connection connection, Duration bound) throws SQLException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        String before = "";
        int same = 0;
        connection.setAutoCommit(true);
        while (same < 5 && System.nanoTime() < end) {
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                    select h.size || ' ' || (select count(*) from ledger_transfer p where p.kind = 1 and p.expires_at is not null and not exists
                        (select from ledger_transfer r where r.relates_to = p.id and r.kind in (2, 3, 4))) from ledger_head h""")) {
                row.next();
                String now = row.getString(1);
                same = now.equals(before) && now.endsWith(" 0") ? same + 1 : 0;
                before = now;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Reads the journal through: invariants 2, 4 and 6, and of 3 what was shown while it grew. */
    JournalCheck checkJournal(long seed) {
        histories.forEach(claims::read);
        journal.checkpoints().forEach(claims::checkpoint);
        claims.sort();
        JournalCheck check = new JournalCheck(rules, fold, transfers, samples(journal.head().size(), seed));
        check.check(journal);
        claims.endOf(fold.accounts(), check.sequences());
        rules.limits.count("accounts", fold.accounts().size());
        rules.exactlyOnce.count("transfers in the journal", transfers.size());
        return check;
    }

    /** The first entry, the last one, and some between. */
    private static Set<Long> samples(long size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Long> samples = new TreeSet<>();
        for (int i = 0; i < SAMPLES && size > 0; i++) {
            samples.add(i == 0 ? 0 : i == 1 ? Math.max(0, size - 2) : random.nextLong(size));
        }
        return samples;
    }

    /** Invariants 1 and 5, of 4 the groups, and the orders of single accounts; {@link #checkJournal} comes first. */
    void checkHistories(Set<Long> singles) {
        new HistoryCheck(rules, transfers, fold.accounts()).check(histories);
        new AccountHistories(rules.linearizable, singles).check(histories, fold.accounts());
    }

    /** Invariant 3: what a source shows. It may follow the journal at some distance, and is asked again until then. */
    void checkShown(Supplier<Shown> source, long end) throws InterruptedException {
        List<Rule.Suspicion> differences = differences(source);
        while (!differences.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            differences = differences(source);
        }
        differences.forEach(rules.balances::violated);
        rules.balances.count("sources that show all balances", 1);
        rules.balances.count("balances that they show", fold.accounts().size());
    }

    private List<Rule.Suspicion> differences(Supplier<Shown> source) {
        try {
            return GridCheck.differences(source.get(), fold.accounts());
        } catch (RuntimeException silent) {
            return List.of(Rule.Suspicion.of("no balances are shown: " + silent.getMessage()));
        }
    }

    /** Invariant 6: what members prove. */
    void checkProofs(JournalCheck read, Scene scene) {
        new ProofCheck(rules.proofs, new MemberAnswers(scene.key()), read.leaves(), read.roots()).check(scene.members());
    }

    Map<Long, Fold.Account> accounts() {
        return fold.accounts();
    }

    /** What came of everything that was checked. */
    List<Finding> findings() {
        return new EvidenceSearch(journal, histories).findings(rules.all());
    }
}
