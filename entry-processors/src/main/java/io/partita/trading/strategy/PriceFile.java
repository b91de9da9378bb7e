package io.partita.trading.strategy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Prices out of a CSV file with a header: bars, or ticks if it has one price a row. Rows may come newest first; of several instruments one is chosen.
 * A row that is no bar (a high below the close, a price of 0) is passed over and counted.
 *
 * @param bars    by time
 * @param skipped rows that were no bars
 */
public record PriceFile(List<PriceBar> bars, int skipped) {

    /** More do not fit in anybody's memory. */
    private static final int MOST_ROWS = 5_000_000;
    private static final int LONGEST_FIELD = 64 << 10;

    /** What is read of one row: a moment, and prices. */
    private record Row(long time, long open, long high, long low, long close, long volume) {
    }

    /**
     * @param symbol        which instrument's, null if the file has but one
     * @param priceDecimals of prices; further ones are rounded
     * @param unitDecimals  of quantities
     * @throws IllegalArgumentException with the line and what is wrong with it
     */
    public static PriceFile read(Path file, String symbol, int priceDecimals, int unitDecimals) throws IOException {
        List<Row> rows = new ArrayList<>();
        int skipped = 0;
        PriceColumns columns = null;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().maxBufferSize(LONGEST_FIELD).skipEmptyLines(true).ofCsvRecord(file)) {
            for (CsvRecord line : reader) {
                if (columns == null) {
                    columns = PriceColumns.of(line.getFields());
                } else if (columns.about(line.getFields(), symbol)) {
                    Row row = row(columns, line, priceDecimals, unitDecimals);
                    if (row == null) {
                        skipped++;
                    } else if (rows.size() == MOST_ROWS) {
                        throw new IllegalArgumentException(file + " has more than " + MOST_ROWS + " rows");
                    } else {
                        rows.add(row);
                    }
                }
            }
        } catch (CsvParseException problem) {
            throw new IllegalArgumentException(file + ": " + problem.getMessage(), problem);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no prices" + (symbol == null ? "" : " of " + symbol));
        }
        rows.sort(Comparator.comparingLong(Row::time));
        return new PriceFile(columns.ticks() ? ticks(rows) : bars(rows, columns.endsAtTime()), skipped);
    }

    private static Row row(PriceColumns columns, CsvRecord line, int priceDecimals, int unitDecimals) {
        List<String> fields = line.getFields();
        try {
            long close = scaled(columns.close(fields), priceDecimals);
            Row row = new Row(columns.time(fields), scaled(columns.open(fields), priceDecimals), scaled(columns.high(fields), priceDecimals),
                    scaled(columns.low(fields), priceDecimals), close, scaled(columns.volume(fields), unitDecimals));
            boolean whole = row.low >= 1 && row.high >= Math.max(row.open, close) && row.low <= Math.min(row.open, close) && row.volume >= 0;
            return whole ? row : null;
        } catch (RuntimeException problem) {
            if (columns.empty(fields)) {
                return null;
            }
            throw new IllegalArgumentException("line " + line.getStartingLineNumber() + ": " + problem.getMessage(), problem);
        }
    }

    private static long scaled(String number, int decimals) {
        return new BigDecimal(number.strip()).setScale(decimals, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
    }

    private static List<PriceBar> ticks(List<Row> rows) {
        return rows.stream().map(row -> PriceBar.tick(row.time, row.close, row.volume)).toList();
    }

    /** A bar ends where the next begins; the last one, or the first where the end is told, is as long as the one beside it. */
    private static List<PriceBar> bars(List<Row> rows, boolean endsAtTime) {
        List<PriceBar> bars = new ArrayList<>(rows.size());
        long length = rows.size() < 2 ? 86_400_000_000_000L : endsAtTime ? rows.get(1).time - rows.getFirst().time
                : rows.getLast().time - rows.get(rows.size() - 2).time;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            long start = !endsAtTime ? row.time : i == 0 ? row.time - length : rows.get(i - 1).time;
            long end = endsAtTime ? row.time : i == rows.size() - 1 ? row.time + length : rows.get(i + 1).time;
            if (start >= end) {
                throw new IllegalArgumentException("two rows have the same time; name the instrument, if there are several");
            }
            bars.add(new PriceBar(start, end, row.open, row.high, row.low, row.close, row.volume));
        }
        return bars;
    }
}
