package io.partita.member.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionImportTest {

    private static final long SEED = 20_221_101;

    @TempDir
    private Path folder;
    private GeneratedTransactions data;
    private ImportSettings settings;
    private final NaiveLedger ledger = new NaiveLedger();

    @BeforeEach
    void write() throws IOException {
        data = GeneratedTransactions.write(folder.resolve("transactions.csv"), 3_000, new Random(SEED));
        settings = ImportSettings.of(data.file()).withBatches(100, 3).withPatience(Duration.ofSeconds(20));
    }

    private ImportReport run(ImportSettings how) throws IOException {
        return new TransactionImport(ledger, how, ImportListener.SILENT).run();
    }

    private static Map<String, BigDecimal> balances(NaiveLedger ledger) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        for (Account account : ledger.accounts().values()) {
            if (ledger.net(account.id()) != 0) {
                balances.put(account.reference() + ':' + account.currency(),
                        account.currency().toMajor(ledger.net(account.id())).stripTrailingZeros());
            }
        }
        return balances;
    }

    private Map<String, BigDecimal> expected() {
        Map<String, BigDecimal> expected = new TreeMap<>();
        data.balances().forEach((account, balance) -> {
            if (balance.signum() != 0) {
                expected.put(account, balance.stripTrailingZeros());
            }
        });
        return expected;
    }

    private void assertComplete(ImportReport report) throws IOException {
        assertThat(report.finished()).isTrue();
        assertThat(report.accepted()).isEqualTo(data.accepted());
        Map<String, Integer> refused = new TreeMap<>();
        report.refused().forEach((code, count) -> refused.put(code, count.intValue()));
        assertThat(refused).isEqualTo(data.refused());
        assertThat(ledger.transfers()).isEqualTo(data.legs());
        assertThat(balances(ledger)).isEqualTo(expected());
        assertRefusedFile();
    }

    /** Every refused row stands in the file once, with the row as it was. */
    private void assertRefusedFile() throws IOException {
        List<String> source = Files.readAllLines(data.file());
        Map<String, Integer> codes = new TreeMap<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(settings.refused())) {
            long last = 1;
            for (CsvRecord refused : records.stream().skip(1).toList()) {
                long line = Long.parseLong(refused.getField(0));
                assertThat(line).isGreaterThan(last);
                assertThat(refused.getField(3)).isEqualTo(source.get((int) line - 1));
                codes.merge(refused.getField(1), 1, Integer::sum);
                last = line;
            }
        }
        assertThat(codes).isEqualTo(data.refused());
    }

    @Test
    void every_row_is_booked_or_refused_with_its_code_and_each_account_is_the_fold_of_the_file() throws IOException {
        assertThat(data.refused()).hasSizeGreaterThan(9);

        ImportReport report = run(settings);

        assertComplete(report);
        assertThat(report.repeated()).isZero();
        assertThat(report.accounts()).isEqualTo(ledger.accounts().size());
    }

    @Test
    void accounts_hang_under_their_bank() throws IOException {
        run(settings);

        assertThat(ledger.accounts().values()).filteredOn(account -> account.reference().matches("\\d:A\\d+")).isNotEmpty()
                .allSatisfy(account -> {
                    Account bank = ledger.accounts().get(account.parent());
                    assertThat(bank.reference()).isEqualTo("bank:" + account.reference().charAt(0));
                    assertThat(bank.currency()).isEqualTo(account.currency());
                    assertThat(bank.type()).isEqualTo(account.type());
                });
    }

    @Test
    void a_second_run_has_nothing_to_do() throws IOException {
        ImportReport first = run(settings);
        ImportReport second = run(settings);

        assertThat(second).usingRecursiveComparison().ignoringFields("resumed").isEqualTo(first);
        assertComplete(second);
    }

    @Test
    void sending_every_row_again_changes_nothing() throws IOException {
        run(settings);
        ImportReport again = run(settings.withRestart(true));

        assertComplete(again);
        assertThat(again.repeated()).isEqualTo(data.accepted());
        assertThat(again.accounts()).isZero();
    }

    @RepeatedTest(20)
    void an_import_that_breaks_off_anywhere_is_continued(RepetitionInfo repetition) throws IOException {
        Random random = new Random(SEED + repetition.getCurrentRepetition());
        for (int crash = 0; crash < 3; crash++) {
            ledger.breakAfter(random.nextInt(120));
            try {
                run(settings);
            } catch (ImportStopped e) {
                assertThat(e).hasMessageContaining("again");
                // The machine died between the refused file and the place reached.
                Files.writeString(settings.refused(), "7,JUNK,half a li", StandardOpenOption.APPEND);
            }
        }
        ledger.breakAfter(Integer.MAX_VALUE);

        assertComplete(run(settings));
    }

    @Test
    void a_place_that_was_lost_costs_time_only() throws IOException {
        ledger.breakAfter(40);
        assertThatThrownBy(() -> run(settings)).isInstanceOf(ImportStopped.class);
        Files.writeString(settings.progress(), "name=x\nline=");
        ledger.breakAfter(Integer.MAX_VALUE);

        ImportReport report = run(settings);

        assertComplete(report);
        assertThat(report.repeated()).isPositive();
    }

    @Test
    void rows_wait_while_the_database_is_away() throws IOException {
        ledger.unavailableFor(3);

        assertComplete(run(settings));
    }

    @Test
    void patience_ends_with_what_to_do_and_nothing_is_lost() throws IOException {
        ledger.unavailableFor(Integer.MAX_VALUE);
        assertThatThrownBy(() -> run(settings.withPatience(Duration.ZERO))).isInstanceOf(ImportStopped.class)
                .hasMessageContaining("STORE_UNAVAILABLE").hasMessageContaining("run the same command again");

        ledger.unavailableFor(0);
        assertComplete(run(settings));
    }

    @Test
    void a_progress_file_of_another_ledger_is_noticed() throws IOException {
        new TransactionImport(new NaiveLedger(), settings, ImportListener.SILENT).run();

        assertComplete(run(settings));
    }

    @Test
    void a_file_that_has_changed_is_not_taken_for_the_one_that_was_begun() throws IOException {
        run(settings);
        Files.writeString(data.file(), "2022/09/01 00:20,1,A,2,B,5,Euro,5,Euro,Wire,0\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> run(settings)).isInstanceOf(ImportStopped.class).hasMessageContaining("has changed")
                .hasMessageContaining("--name");
    }

    @Test
    void rows_appended_to_a_named_import_are_all_that_is_sent() throws IOException {
        ImportSettings named = settings.withName("ledger of 2022");
        ImportReport before = run(named);
        Files.writeString(data.file(), "2022/09/01 00:20,1,A,2,B,5,Euro,5,Euro,Wire,0\n", StandardOpenOption.APPEND);
        ImportReport after = run(named);

        assertThat(after.accepted()).isEqualTo(before.accepted() + 1);
        assertThat(ledger.transfers()).isEqualTo(data.legs() + 1);
        assertThat(run(named).accepted()).isEqualTo(after.accepted());
    }

    @Test
    void an_account_that_exists_with_other_details_refuses_its_rows_only() throws IOException {
        Currency eur = Currency.of("EUR");
        AccountKey taken = AccountKey.of("1:A1", "", AccountType.LIABILITY, eur, "", "");
        ledger.open(Account.of(taken.id(), "Somebody else", AccountType.ASSET, eur));

        ImportReport report = run(settings);

        assertThat(report.refused()).containsKey("ACCOUNT_EXISTS");
        assertThat(report.rows()).isEqualTo(data.accepted() + data.refused().values().stream().mapToInt(Integer::intValue).sum());
        assertThat(ledger.net(taken.id())).isZero();
        assertThat(Files.readString(settings.refused())).contains("account 1:A1 in EUR (id " + taken.id() + ") cannot be opened");
    }

    @Test
    void an_import_does_not_run_twice_at_once() throws IOException {
        try (RefusedRows held = new RefusedRows(settings.refused())) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> run(settings)).isInstanceOf(ImportStopped.class).hasMessageContaining("Another import");
        }
    }

    @Test
    void a_file_without_a_fitting_header_is_named() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");

        assertThatThrownBy(() -> run(ImportSettings.of(other))).isInstanceOf(MappingException.class)
                .hasMessageContaining("a,b").hasMessageContaining("--mapping");
        assertThatThrownBy(() -> run(ImportSettings.of(empty))).isInstanceOf(ImportStopped.class).hasMessageContaining("empty");
    }
}
