package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.console.api.MemberUnavailable;
import io.partita.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void commasQuotesAndEndsOfLinesAreQuotedAsRfc4180Says() {
        assertThat(Csv.line(List.of("plain", "one, two", "the \"best\"", "two\r\nlines", " spaced "))).isEqualTo("plain,\"one, two\",\"the \"\"best\"\"\",\"two\r\nlines\", spaced \r\n");
        assertThat(Csv.line(List.of("", "", ""))).isEqualTo(",,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "-", "+1e", "--1"})
    void whatASpreadsheetWouldRunIsText(String formula) {
        assertThat(Csv.line(List.of(formula))).isEqualTo("'" + formula + "\r\n");
    }

    @Test
    void whatASpreadsheetWouldRunIsTextEvenWhereItNeedsQuotes() {
        assertThat(Csv.line(List.of("=HYPERLINK(\"http://a\",\"b\")", "\r=1"))).isEqualTo("\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\",\"'\r=1\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-12.50", "+3", "0", "-1e-7", "1234567.89"})
    void aNumberStaysOne(String number) {
        assertThat(Csv.line(List.of(number))).isEqualTo(number + "\r\n");
    }

    @Test
    void valuesAreWrittenForMachines() {
        Sheet<String> sheet = Sheet.<String>of("all").with("Money", _ -> Money.parse("EUR -1234567.80")).with("Number", _ -> new BigDecimal("1E+3")).with("Count", _ -> 1_000_000L)
                .with("Time", _ -> Instant.parse("2026-11-22T14:15:16.5Z")).with("Day", _ -> LocalDate.of(2026, 2, 3)).with("None", _ -> null).with("Text", text -> text);
        assertThat(sheet.cells("a \u2013 b")).containsExactly("-1234567.80", "1000", "1000000", "2026-11-22T14:15:16.500Z", "2026-02-03", "", "a \u2013 b");
    }

    @Test
    void whatPeopleWereShownIsWrittenForMachines() {
        assertThat(Csv.plain(Amounts.figure(new BigDecimal("-1234567.80")))).isEqualTo("-1234567.80");
        assertThat(Csv.plain(Amounts.signed(new BigDecimal("1234.5")))).isEqualTo("1234.5");
        assertThat(Csv.plain(Times.dateTime(Instant.parse("2026-11-22T14:15:16Z")))).isEqualTo("2026-11-22T14:15:16Z");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Ada Lovelace, Ada Lovelace
            \u2013, ''
            12.50\u00A0EUR, 12.50 EUR
            2026-11-22, 2026-11-22
            A \u2212 B, A \u2212 B
            """)
    void otherTextStaysAsItIs(String shown, String plain) {
        assertThat(Csv.plain(shown)).isEqualTo(plain);
    }

    /** Numbers from 0 on, a page at a time. */
    private static Page.Source<List<String>> numbers(int count, List<Integer> asked) {
        return (cursor, limit) -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(count, from + limit);
            asked.add(to - from);
            return new Page<>(IntStream.range(from, to).mapToObj(i -> List.of(Integer.toString(i))).toList(), to < count ? Integer.toString(to) : null);
        };
    }

    @Test
    void allPagesAreWrittenOneAfterTheOther() {
        StringBuilder out = new StringBuilder();
        List<Integer> asked = new ArrayList<>();
        assertThat(CsvLink.write(List.of("Number"), numbers(450, asked), 450, out)).isFalse();
        assertThat(asked).containsExactly(200, 200, 50);
        assertThat(out.toString().lines()).hasSize(451).startsWith("Number", "0", "1").endsWith("448", "449");
    }

    @Test
    void aFileEndsAtTheMostRowsAndThatIsKnown() {
        StringBuilder out = new StringBuilder();
        assertThat(CsvLink.write(List.of("Number"), numbers(451, new ArrayList<>()), 450, out)).isTrue();
        assertThat(out.toString().lines()).hasSize(451).endsWith("449");
    }

    @Test
    void aFileThatCannotBeFinishedFails() {
        Page.Source<List<String>> source = (cursor, _) -> {
            if (cursor != null) {
                throw new MemberUnavailable("gone");
            }
            return new Page<>(List.of(List.of("1")), "more");
        };
        assertThatThrownBy(() -> CsvLink.write(List.of("Number"), source, 10, new StringBuilder())).isInstanceOf(MemberUnavailable.class);
    }
}
