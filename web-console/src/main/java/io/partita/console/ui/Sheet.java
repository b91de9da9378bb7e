package io.partita.console.ui;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the rows of a list have in a file: more than fits on a screen, and each in a column of its own. Immutable. @param name of the file, without its end */
public record Sheet<T>(String name, List<Column<T>> columns) {

    /** A title, and what stands below it: text, a number, {@code Money}, a time or null. */
    public record Column<T>(String title, Function<T, ?> value) {
    }

    public static <T> Sheet<T> of(String name) {
        return new Sheet<>(name, List.of());
    }

    public Sheet<T> with(String title, Function<T, ?> value) {
        return new Sheet<>(name, Stream.concat(columns.stream(), Stream.of(new Column<>(title, value))).toList());
    }

    List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    List<String> cells(T row) {
        return columns.stream().map(column -> column.value().apply(row)).map(value -> value instanceof String text ? text : Csv.plain(value)).toList();
    }
}
