package io.partita.member.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The records of a CSV file (RFC 4180, UTF-8, optionally gzipped), one at a time. A record that cannot be read is
 * returned as such, and the next one begins on the following line: a stray quote spoils its own row and no other. Not
 * safe for use by several threads.
 */
final class CsvRows implements Closeable {

    /** A quoted field may run over this many lines; a quote that is still open then is a stray one. */
    static final int MAX_LINES = 20;
    /** Longer records are malformed; keeps the memory bounded whatever the file is. */
    static final int MAX_CHARACTERS = 64 * 1024;

    private final CsvReader.CsvReaderBuilder parser = CsvReader.builder().allowUnclosedQuote(false);
    private final CountingStream counted;
    private final BufferedReader reader;
    /** Lines that were read ahead for a quote that never closed. */
    private final Deque<String> ahead = new ArrayDeque<>();
    private long line;
    /** Columns of the first record, the header. */
    private int columns = -1;

    CsvRows(Path file) throws IOException {
        counted = new CountingStream(Files.newInputStream(file));
        try {
            boolean zipped = file.getFileName().toString().endsWith(".gz");
            reader = new BufferedReader(new InputStreamReader(
                    zipped ? new GZIPInputStream(counted, 1 << 16) : counted, StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException | RuntimeException e) {
            counted.close();
            throw e;
        }
    }

    /** Bytes of the file that were read so far. */
    long bytesRead() {
        return counted.count();
    }

    /** The next record that is not an empty line, or null at the end. */
    CsvRow next() throws IOException {
        String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        return text == null ? null : record(line, text);
    }

    private CsvRow record(long start, String first) throws IOException {
        if (first.length() > MAX_CHARACTERS) {
            return new CsvRow(start, first.substring(0, 200), List.of(), "longer than " + MAX_CHARACTERS + " characters");
        }
        String text = first.indexOf('"') < 0 ? first : completed(first);
        if (text == null) {
            return new CsvRow(start, first, List.of(), "a quote is not closed");
        }
        List<String> fields = fields(text);
        columns = columns < 0 ? fields.size() : columns;
        // Lines that a stray quote has joined do not have the columns of a row: only the first of them is spoilt.
        if (fields.isEmpty() || text.length() > first.length() && fields.size() != columns) {
            giveBack(text, first);
            return new CsvRow(start, first, List.of(), "not CSV: check the quotes");
        }
        return new CsvRow(start, text, fields, null);
    }

    private List<String> fields(String text) {
        try {
            return parser.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException e) {
            return List.of();
        }
    }

    /** Appends lines while a quote is open; null, with the lines given back, if it never closes. */
    private String completed(String first) throws IOException {
        StringBuilder text = new StringBuilder(first);
        boolean open = oddQuotes(first);
        for (int lines = 1; open; lines++) {
            String more = lines < MAX_LINES && text.length() <= MAX_CHARACTERS ? nextLine() : null;
            if (more == null) {
                giveBack(text.toString(), first);
                return null;
            }
            text.append('\n').append(more);
            open ^= oddQuotes(more);
        }
        return text.toString();
    }

    private void giveBack(String text, String first) {
        if (text.length() > first.length()) {
            String[] lines = text.substring(first.length() + 1).split("\n", -1);
            for (int i = lines.length - 1; i >= 0; i--) {
                ahead.push(lines[i]);
            }
            line -= lines.length;
        }
    }

    private static boolean oddQuotes(String text) {
        boolean odd = false;
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
            odd = !odd;
        }
        return odd;
    }

    private String nextLine() throws IOException {
        String text = ahead.isEmpty() ? readLine() : ahead.pop();
        if (text != null) {
            line++;
        }
        return text;
    }

    /** A line without its end, of which at most one character more than allowed is kept. */
    private String readLine() throws IOException {
        StringBuilder text = null;
        for (int c = reader.read(); ; c = reader.read()) {
            if (c < 0) {
                return text == null ? null : text.toString();
            }
            text = text == null ? new StringBuilder(160) : text;
            if (c == '\n') {
                return text.toString();
            }
            if (c == '\r') {
                skipLineFeed();
                return text.toString();
            }
            boolean byteOrderMark = c == '\uFEFF' && line == 0 && text.isEmpty();
            if (!byteOrderMark && text.length() <= MAX_CHARACTERS) {
                text.append((char) c);
            }
        }
    }

    private void skipLineFeed() throws IOException {
        reader.mark(1);
        if (reader.read() != '\n') {
            reader.reset();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
