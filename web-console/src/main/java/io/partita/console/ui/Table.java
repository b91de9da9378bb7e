package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/**
 * A small table that is always shown whole; for anything longer than a screen there is the grid. A column whose title
 * starts with {@code #} holds figures and is aligned to the right.
 */
public final class Table extends Div {

    private final NativeTableBody body = new NativeTableBody();
    private final Div empty = new Div();
    private final boolean[] figures;
    private String emptyText = "";

    public Table(String... titles) {
        addClassName("table-scroll");
        figures = new boolean[titles.length];
        NativeTableRow head = new NativeTableRow();
        for (int i = 0; i < titles.length; i++) {
            figures[i] = titles[i].startsWith("#");
            NativeTableHeaderCell cell = new NativeTableHeaderCell(figures[i] ? titles[i].substring(1) : titles[i]);
            cell.setClassName("figure", figures[i]);
            cell.getElement().setAttribute("scope", "col");
            head.add(cell);
        }
        NativeTableHeader header = new NativeTableHeader();
        header.add(head);
        NativeTable table = new NativeTable();
        table.add(header, body);
        empty.addClassName("table-empty");
        empty.setVisible(false);
        add(table, empty);
    }

    /** What stands there when there is no row, and that it is on its way before the first {@link #show}. */
    public Table withEmptyText(String text) {
        emptyText = text;
        empty.setText("Loading\u2026");
        empty.setVisible(true);
        return this;
    }

    /** Replaces all rows; each has one component for each title. */
    public void show(List<Component[]> rows) {
        body.removeAll();
        rows.forEach(this::append);
        empty.setText(emptyText);
        empty.setVisible(rows.isEmpty());
    }

    /** Replaces what a row shows, but for its first cell: people may be about to press what is in it. */
    public void change(int index, Component[] cells) {
        List<Component> there = body.getChildren().toList().get(index).getChildren().toList();
        for (int i = 1; i < cells.length; i++) {
            NativeTableCell cell = (NativeTableCell) there.get(i);
            cell.removeAll();
            cell.add(cells[i]);
        }
    }

    private void append(Component[] cells) {
        NativeTableRow row = new NativeTableRow();
        for (int i = 0; i < cells.length; i++) {
            NativeTableCell cell = new NativeTableCell(cells[i]);
            cell.setClassName("figure", figures[i]);
            row.add(cell);
        }
        body.add(row);
    }

    /** Lets the first rows stand out for a moment. */
    public void mark(int rows) {
        body.getChildren().limit(rows).forEach(row -> row.addClassName("fresh"));
    }
}
