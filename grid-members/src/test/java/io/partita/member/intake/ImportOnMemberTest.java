package io.partita.member.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.proof.BundleVerifier;
import io.partita.ledger.proof.Verdict;
import io.partita.member.testing.TestMember;
import io.partita.money.Currency;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports into a real member, from a Hazelcast client and from the command line. */
@Tag("slow")
class ImportOnMemberTest {

    @TempDir
    private Path folder;
    private static TestMember member;
    private static HazelcastInstance hazelcast;
    private static LedgerClient ledger;

    @BeforeAll
    static void start() {
        member = TestMember.start();
        hazelcast = HazelcastClient.newHazelcastClient(PartitaClients.config(member.cluster(), List.of(member.gridAddress())));
        ledger = HazelcastLedgerClient.of(hazelcast);
    }

    @AfterAll
    static void stop() {
        ledger.close();
        hazelcast.shutdown();
        member.close();
    }

    private static ImportReport run(ImportSettings settings) throws IOException {
        return new TransactionImport(ledger, settings, ImportListener.SILENT).run();
    }

    private static long transfers() {
        return member.bean(Jdbi.class).withHandle(handle -> handle.createQuery("select count(*) from ledger_transfer")
                .mapTo(Long.class).one());
    }

    /** Each account of the fold has the fold's balance in the ledger, whatever its sign. */
    private static void assertBalances(Map<String, BigDecimal> fold) {
        fold.forEach((account, expected) -> {
            Currency currency = Currency.of(account.substring(account.length() - 3));
            AccountKey key = AccountKey.of(account.substring(0, account.length() - 4), "", AccountType.LIABILITY, currency, "", "");
            Reading reading = ledger.balance(key.id());
            assertThat(reading.balance()).as(account).isPresent();
            Balance balance = reading.balance().get();
            assertThat(currency.toMajor(balance.creditsPosted() - balance.debitsPosted())).as(account).isEqualByComparingTo(expected);
        });
    }

    /** Over all accounts of the read model, once everything has settled. */
    private static void assertTrialBalanceIsZero() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Map<Currency, Long> net = new TreeMap<>();
            for (Balance balance : hazelcast.<Long, Balance>getMap(LedgerNames.BALANCES).values()) {
                net.merge(balance.currency(), Math.subtractExact(balance.debitsPosted(), balance.creditsPosted()), Math::addExact);
            }
            assertThat(net).isNotEmpty().allSatisfy((currency, sum) -> assertThat(sum).as(currency.code()).isZero());
        });
    }

    /** The whole journal, exported and checked as anyone could. */
    private static void assertJournalVerifies() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> bundle = client.send(member.key().present(HttpRequest.newBuilder(member.uri("/api/v1/ledger/bundle"))).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(bundle.statusCode()).isEqualTo(200);
            try (InputStream body = bundle.body()) {
                Verdict verdict = new BundleVerifier().verify(body);
                assertThat(verdict.findings()).isEmpty();
                assertThat(verdict.valid()).isTrue();
                assertThat(verdict.transfers()).isEqualTo(transfers());
            }
        }
    }

    @Test
    void a_file_with_every_kind_of_bad_row_ends_as_its_fold_and_again_changes_nothing() throws IOException {
        GeneratedTransactions data = GeneratedTransactions.write(folder.resolve("generated.csv"), 4_000, new Random(1));
        ImportSettings settings = ImportSettings.of(data.file()).withBatches(250, 4);
        Map<String, BigDecimal> before = balancesOf(data.balances());
        long journal = transfers();

        ImportReport first = run(settings);

        assertThat(first.refused()).as(first.toString()).hasSameSizeAs(data.refused())
                .allSatisfy((code, count) -> assertThat(count).as(code).isEqualTo(data.refused().get(code).longValue()));
        assertThat(first.accepted()).isEqualTo(data.accepted());
        assertThat(transfers() - journal).isEqualTo(data.legs());
        assertBalances(sum(before, data.balances()));

        ImportReport again = run(settings.withRestart(true));
        assertThat(transfers() - journal).isEqualTo(data.legs());
        assertBalances(sum(before, data.balances()));
        assertThat(again.refused()).isEqualTo(first.refused());
        assertThat(again.repeated()).isEqualTo(again.accepted()).isEqualTo(first.accepted());
        assertTrialBalanceIsZero();
    }

    @Test
    void an_import_that_is_killed_again_and_again_ends_as_if_nothing_had_been() throws Exception {
        Random random = new Random(7);
        GeneratedTransactions data = GeneratedTransactions.write(folder.resolve("killed.csv"), 6_000, random);
        ImportSettings settings = ImportSettings.of(data.file());
        Map<String, BigDecimal> before = balancesOf(data.balances());
        long journal = transfers();
        for (int kill = 0; kill < 3; kill++) {
            long from = transfers();
            Process tool = commandLine(data.file());
            // From the very first transfers to the middle of the file.
            long until = from + 1 + random.nextInt(data.legs() / 4);
            Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(20))
                    .until(() -> transfers() >= until || !tool.isAlive());
            tool.destroyForcibly().waitFor();
        }
        Process last = commandLine(data.file());

        assertThat(last.waitFor(240, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(folder.resolve("out.txt"));
        assertThat(last.exitValue()).as(said).isEqualTo(3);
        assertThat(said).contains("SAME_ACCOUNT").contains("Debit and credit account are the same.");
        assertThat(transfers() - journal).isEqualTo(data.legs());
        assertBalances(sum(before, data.balances()));
        assertTrialBalanceIsZero();
        ImportProgress progress = ImportProgress.load(settings.progress()).orElseThrow();
        assertThat(progress.report().accepted()).isEqualTo(data.accepted());
        assertJournalVerifies();
        assertThat(Files.readAllLines(settings.refused())).hasSize(1 + data.refused().values().stream().mapToInt(Integer::intValue).sum());
    }

    private Process commandLine(Path file) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), "io.partita.member.cli.Partita", "import", "transactions", file.toString(),
                "--members", member.gridAddress(), "--cluster", member.cluster(), "--batch", "100")
                .redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile()).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ibm_aml_hi_small_first1000.csv", "ibm_aml_hi_small_laundering_patterns.csv"})
    void the_ibm_files_end_as_their_fold_and_the_journal_verifies(String name) throws Exception {
        Path source = Path.of(System.getProperty("partita.data", "../../shared/data"), "fraud", name);
        assumeTrue(Files.isReadable(source), () -> source + " is not here: the test of real data is skipped");
        Path file = Files.copy(source, folder.resolve(name));
        AmlFold fold = AmlFold.of(file);
        Map<String, BigDecimal> before = balancesOf(fold.balances());
        long journal = transfers();

        ImportReport report = run(ImportSettings.of(file));

        assertThat(report.mapping()).isEqualTo("ibm-aml");
        assertThat(report.accepted()).isEqualTo(fold.accepted()).isPositive();
        assertThat(report.refused()).isEqualTo(fold.refused());
        assertThat(transfers() - journal).isEqualTo(fold.accepted());
        assertBalances(sum(before, fold.balances()));
        assertTrialBalanceIsZero();
        assertThat(run(ImportSettings.of(file).withRestart(true)).repeated()).isEqualTo(fold.accepted());
        assertThat(transfers() - journal).isEqualTo(fold.accepted());
        assertJournalVerifies();
    }

    private static Map<String, BigDecimal> balancesOf(Map<String, BigDecimal> accounts) {
        Map<String, BigDecimal> now = new TreeMap<>();
        accounts.keySet().forEach(account -> {
            Currency currency = Currency.of(account.substring(account.length() - 3));
            long id = AccountKey.of(account.substring(0, account.length() - 4), "", AccountType.LIABILITY, currency, "", "").id();
            ledger.balance(id).balance().ifPresent(balance ->
                    now.put(account, currency.toMajor(balance.creditsPosted() - balance.debitsPosted())));
        });
        return now;
    }

    private static Map<String, BigDecimal> sum(Map<String, BigDecimal> first, Map<String, BigDecimal> second) {
        Map<String, BigDecimal> sum = new TreeMap<>(first);
        second.forEach((account, amount) -> sum.merge(account, amount, BigDecimal::add));
        return sum;
    }
}
