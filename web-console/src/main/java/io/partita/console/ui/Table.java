package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.dom.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small table that is always shown whole; for anything longer than a screen there is the grid. A column whose title
 * starts with {@code #} holds figures and is aligned to the right.
 */
public final class Table extends Div {

    private final NativeTableBody body = new NativeTableBody();
    private final Div empty = new Div();
    private final boolean[] figures;
    private final List<String> titles;
    private final CsvLink csv = new CsvLink(this::file, this::namedTitles, () -> (_, _) -> new Page<>(shown(), null));
    private UI ui;
    private String emptyText = "";

    public Table(String... titles) {
        addClassName("table-scroll");
        this.titles = Arrays.stream(titles).map(title -> title.startsWith("#") ? title.substring(1) : title).toList();
        figures = new boolean[titles.length];
        NativeTableRow head = new NativeTableRow();
        for (int i = 0; i < titles.length; i++) {
            figures[i] = titles[i].startsWith("#");
            NativeTableHeaderCell cell = new NativeTableHeaderCell(this.titles.get(i));
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
        csv.setVisible(false);
        addAttachListener(attached -> ui = attached.getUI());
        add(table, csv, empty);
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
        csv.setVisible(!rows.isEmpty());
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

    private String file() {
        return namedTitles().getFirst().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Columns without a title have things to press in them, or bars. */
    private List<String> namedTitles() {
        return titles.stream().filter(title -> !title.isEmpty()).toList();
    }

    /** What the rows say, looked up while nobody changes them. */
    private List<List<String>> shown() {
        List<List<String>> rows = new ArrayList<>();
        ui.accessSynchronously(() -> body.getChildren().forEach(row -> {
            List<Component> cells = row.getChildren().toList();
            rows.add(IntStream.range(0, cells.size()).filter(i -> !titles.get(i).isEmpty()).mapToObj(i -> Csv.plain(text(cells.get(i).getElement()))).toList());
        }));
        return rows;
    }

    /** What stands beside or below each other, a space apart. */
    private static String text(Element element) {
        return element.isTextNode() ? element.getText() : element.getChildren().map(Table::text).filter(text -> !text.isBlank()).collect(Collectors.joining(" "));
    }
}
