package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import java.util.List;
import java.util.function.Function;

/**
 * Shows values as the rows of a table, and changes only the rows that differ: people may be about to press something in the others.
 *
 * @param <T> what a row shows; compared by {@code equals}
 */
public final class TableRows<T> {

    private final Table table;
    private final Function<T, Object> key;
    private final Function<T, Component[]> row;
    private List<T> shown = List.of();

    /**
     * @param key what a row is about; while the rows are about the same, in the same order, they stay
     * @param row a row as {@link Table#show} wants it
     */
    public TableRows(Table table, Function<T, Object> key, Function<T, Component[]> row) {
        this.table = table;
        this.key = key;
        this.row = row;
    }

    public void show(List<T> values) {
        if (shown.isEmpty() || !keys(values).equals(keys(shown))) {
            table.show(values.stream().map(row).toList());
        } else {
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).equals(shown.get(i))) {
                    table.change(i, row.apply(values.get(i)));
                }
            }
        }
        shown = List.copyOf(values);
    }

    private List<Object> keys(List<T> values) {
        return values.stream().map(key).toList();
    }
}
