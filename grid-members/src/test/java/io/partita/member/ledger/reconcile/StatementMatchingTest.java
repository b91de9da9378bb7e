package io.partita.member.ledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.ledger.reconcile.StatementMatching.Entry;
import io.partita.member.ledger.reconcile.StatementMatching.Item;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements as banks write them, against entries of an account. */
class StatementMatchingTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 10);

    @Test
    void lines_match_by_reference_or_by_amount_and_date_and_the_rest_is_told_apart() {
        List<Item> items = match("""
                Booking Date;Amount;Currency;Reference;Description
                2026-11-10;100,00;EUR;R1;same reference
                11.11.2026;-20,50;;BANK-77;another reference, same amount, a day later
                2026-11-10;1.234,56;EUR;R3;same reference, other amount
                2026-11-25;5,00;EUR;R4;same reference, far in time
                2026-11-10;7,00;USD;R5;other currency
                2026-11-10;9,99;EUR;;nothing like it
                2026-11-10;100,00;EUR;R1;the same line again
                2026-11-40;1,00;EUR;;
                2026-11-10;abc;EUR;;
                2026-11-10;0,001;EUR;;
                2026-11-10;0;EUR;;
                2026-11-10;1,00;ZZZ;;
                2026-11-10;1,00
                """, entry(1, 0, 10_000, "R1"), entry(2, 0, -2_050, ""), entry(3, 0, 123_455, "R3"), entry(4, 0, 500, "R4"), entry(5, 1, 333, "lost"));
        assertThat(items.stream().map(item -> item.result() + " " + item.reason() + " " + item.positions())).containsExactly(
                "MATCHED REFERENCE_AND_AMOUNT [1]", "MATCHED AMOUNT_AND_DATE [2]", "BROKEN AMOUNT_DIFFERS [3]", "BROKEN DATE_DIFFERS [4]",
                "BROKEN CURRENCY_DIFFERS []", "UNMATCHED NOT_IN_LEDGER []", "BROKEN DUPLICATE_LINE []", "MALFORMED BAD_DATE []",
                "MALFORMED BAD_AMOUNT []", "MALFORMED AMOUNT_TOO_FINE []", "MALFORMED ZERO_AMOUNT []", "MALFORMED BAD_CURRENCY []",
                "MALFORMED WRONG_COLUMN_COUNT []", "UNMATCHED NOT_IN_STATEMENT [5]");
    }

    @Test
    void one_line_matches_the_sum_of_several_entries_and_several_lines_match_one() {
        List<Item> items = match("""
                date,credit,debit,reference
                2026-11-10,60.00,,BULK
                2026-11-10,,15.00,
                2026-11-10,40.00,,SPLIT
                2026-11-11,2.00,,SPLIT
                """, entry(1, 0, 1_000, "BULK"), entry(2, 0, 2_000, "BULK"), entry(3, 1, 3_000, "BULK"), entry(4, 0, -700, ""),
                entry(5, 0, -800, ""), entry(6, 0, -900, ""), entry(7, 0, 4_200, "SPLIT"));
        assertThat(items.stream().map(item -> item.result() + " " + item.reason() + " " + item.positions())).containsExactly(
                "MATCHED SUM_BY_REFERENCE [1, 2, 3]", "MATCHED SUM_OF_ENTRIES [4, 5]", "MATCHED SUM_BY_REFERENCE [7]",
                "MATCHED SUM_BY_REFERENCE [7]", "UNMATCHED NOT_IN_STATEMENT [6]");
    }

    @Test
    void every_entry_is_matched_once_at_most_and_a_statement_of_the_entries_themselves_matches_wholly() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            List<Entry> entries = new ArrayList<>();
            StringBuilder csv = new StringBuilder("date,amount,reference\n");
            for (int i = 0; i < 60; i++) {
                Entry entry = entry(i, random.nextInt(5), random.nextInt(1, 40) * (random.nextBoolean() ? 100 : -100),
                        random.nextInt(3) == 0 ? "" : "R" + random.nextInt(30));
                entries.add(entry);
                csv.append(entry.date()).append(',').append(EUR.toMajor(entry.amount())).append(',').append(entry.reference()).append('\n');
            }
            List<Item> whole = match(csv.toString(), entries.toArray(Entry[]::new));
            assertThat(whole).allSatisfy(item -> assertThat(item.result()).isEqualTo(StatementMatching.Result.MATCHED));
            List<Item> part = match(csv.toString(), entries.stream().filter(entry -> random.nextInt(4) > 0).toArray(Entry[]::new));
            assertThat(part.stream().filter(item -> item.reason().matches("REFERENCE_AND_AMOUNT|AMOUNT_AND_DATE|SUM_OF_ENTRIES"))
                    .flatMap(item -> item.positions().stream())).doesNotHaveDuplicates();
            assertThat(part.stream().filter(item -> item.line() != null)).hasSize(60);
        }
    }

    @Test
    void amounts_are_read_as_they_are_written() {
        assertThat(StatementCsv.decimal("1,234.56")).isEqualByComparingTo("1234.56");
        assertThat(StatementCsv.decimal("1.234,56")).isEqualByComparingTo("1234.56");
        assertThat(StatementCsv.decimal("1'234.56")).isEqualByComparingTo("1234.56");
        assertThat(StatementCsv.decimal("-1234,5")).isEqualByComparingTo("-1234.5");
        assertThat(StatementCsv.decimal("+7")).isEqualByComparingTo("7");
        assertThat(StatementCsv.decimal("1e9")).isNull();
        assertThat(StatementCsv.decimal("")).isNull();
        assertThat(StatementCsv.decimal("1,2,3")).isNull();
    }

    @Test
    void a_file_without_the_columns_is_refused() {
        assertThatThrownBy(() -> match("a,b\n1,2\n")).isInstanceOfSatisfying(RequestProblem.class,
                problem -> assertThat(problem.code()).isEqualTo("MALFORMED_CSV"));
        assertThatThrownBy(() -> match("\n")).isInstanceOf(RequestProblem.class);
    }

    private static List<Item> match(String csv, Entry... entries) {
        return new StatementMatching("EUR", 3, StatementCsv.read(csv, EUR), Arrays.asList(entries)).match();
    }

    private static Entry entry(long position, int day, long amount, String reference) {
        return new Entry(position, DAY.plusDays(day), amount, reference);
    }
}
