package io.partita.member.intake;

import io.partita.member.intake.RowColumns.Field;
import io.partita.member.positions.PositionClient;
import io.partita.member.positions.RowJson.PositionRow;
import io.partita.member.positions.RowJson.PositionRows;
import io.partita.member.positions.RowJson.PriceRow;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.member.positions.RowJson.Taken;
import io.partita.member.rest.MemberCalls.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kind of file of which each row goes to a member as it stands, which judges it. */
public sealed interface RowFile {

    /** What people call it. */
    String kind();

    /** The fields that it may have. */
    List<Field> fields();

    /** Fields that are no columns of the file. */
    Map<String, String> constants();

    /** Columns that are passed over. */
    Set<String> ignored();

    /** Sends rows; a row's number is its line in the file. */
    Answer<Taken> send(PositionClient member, String name, RowColumns columns, List<CsvRow> rows) throws IOException, InterruptedException;

    /**
     * Daily prices.
     *
     * @param source  who says so; null for the import
     * @param correct whether prices of other imports may be corrected
     * @param symbol  of a file that has one symbol only; null for a column
     */
    record Prices(String source, boolean correct, String symbol, Set<String> ignored) implements RowFile {

        @Override
        public String kind() {
            return "prices";
        }

        @Override
        public List<Field> fields() {
            return List.of(Field.required("day", "date"), Field.required("symbol", "name", "ticker", "stock"), Field.required("close", "price"),
                    Field.optional("open"),
                    Field.optional("high"), Field.optional("low"), Field.optional("volume"));
        }

        @Override
        public Map<String, String> constants() {
            return symbol == null ? Map.of() : Map.of("symbol", symbol);
        }

        @Override
        public Answer<Taken> send(PositionClient member, String name, RowColumns columns, List<CsvRow> rows) throws IOException,
                InterruptedException {
            return member.take(new PriceRows(name, source, correct, rows.stream()
                    .map(row -> new PriceRow(row.line(), columns.of(row, "symbol"), columns.of(row, "day"),
                    columns.of(row, "open"), columns.of(row, "high"), columns.of(row, "low"), columns.of(row, "close"), columns.of(row, "volume")))
                    .toList()));
        }
    }

    /** Positions from elsewhere. */
    record Positions(Set<String> ignored) implements RowFile {

        @Override
        public String kind() {
            return "positions";
        }

        @Override
        public List<Field> fields() {
            return List.of(Field.required("account"), Field.required("symbol", "name", "ticker"), Field.required("quantity"),
                    Field.required("day", "date"),
                    Field.optional("cost"), Field.optional("price"), Field.optional("currency"), Field.optional("fee"));
        }

        @Override
        public Map<String, String> constants() {
            return Map.of();
        }

        @Override
        public Answer<Taken> send(PositionClient member, String name, RowColumns columns, List<CsvRow> rows) throws IOException,
                InterruptedException {
            return member.take(new PositionRows(name, rows.stream().map(row -> new PositionRow(row.line(), columns.of(row, "account"),
                    columns.of(row, "symbol"),
                    columns.of(row, "currency"), columns.of(row, "day"), columns.of(row, "quantity"), columns.of(row, "cost"),
                    columns.of(row, "price"),
                    columns.of(row, "fee"))).toList()));
        }
    }
}
