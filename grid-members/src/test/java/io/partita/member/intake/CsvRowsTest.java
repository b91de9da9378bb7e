package io.partita.member.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {

    @TempDir
    private Path folder;

    private List<CsvRow> rows(String text) throws IOException {
        return rows(Files.writeString(folder.resolve("rows.csv"), text));
    }

    private static List<CsvRow> rows(Path file) throws IOException {
        List<CsvRow> all = new ArrayList<>();
        try (CsvRows rows = new CsvRows(file)) {
            for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
            assertThat(rows.bytesRead()).isEqualTo(Files.size(file));
        }
        return all;
    }

    @Test
    void rows_have_their_line_and_their_fields() throws IOException {
        assertThat(rows("\uFEFFa,b\r\n1,2\r\n\r\n\"x, y\",\"he said \"\"no\"\"\"\n3,4"))
                .extracting(CsvRow::line, CsvRow::fields)
                .containsExactly(tuple(1L, List.of("a", "b")), tuple(2L, List.of("1", "2")),
                        tuple(4L, List.of("x, y", "he said \"no\"")), tuple(5L, List.of("3", "4")));
    }

    @Test
    void a_quoted_field_may_run_over_lines() throws IOException {
        assertThat(rows("a,b\n\"one\ntwo\",2\n3,4\n")).extracting(CsvRow::line, CsvRow::fields)
                .containsExactly(tuple(1L, List.of("a", "b")), tuple(2L, List.of("one\ntwo", "2")), tuple(4L, List.of("3", "4")));
    }

    @Test
    void a_stray_quote_spoils_its_own_row_only() throws IOException {
        List<CsvRow> rows = rows("a,b\n\"1,2\n3,4\n5,\"6\n7,8\n");

        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(rows).filteredOn(row -> row.fault() != null).extracting(CsvRow::text).containsExactly("\"1,2", "5,\"6");
        assertThat(rows).filteredOn(row -> row.fault() == null).extracting(CsvRow::fields)
                .containsExactly(List.of("a", "b"), List.of("3", "4"), List.of("7", "8"));
    }

    @Test
    void text_behind_a_closing_quote_is_malformed() throws IOException {
        assertThat(rows("a,b\n\"1\"x,2\n3,4\n")).extracting(row -> row.fault() == null).containsExactly(true, false, true);
    }

    @Test
    void an_endless_line_is_cut_and_the_next_one_read() throws IOException {
        List<CsvRow> rows = rows("a,b\n" + "9".repeat(3 * CsvRows.MAX_CHARACTERS) + "\n3,4\n");

        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 2L, 3L);
        assertThat(rows.get(1).fault()).contains("longer than");
        assertThat(rows.get(1).text()).hasSize(200);
    }

    @Test
    void a_gzipped_file_is_read_as_it_is() throws IOException {
        Path file = folder.resolve("rows.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(rows(file)).extracting(CsvRow::fields).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }
}
