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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small table that is always shown whole; for anything longer than a screen there is the grid. A column whose title
 * starts with {@code #} holds figures and is aligned to the right.
 */
public final class Table extends Div {

    private final NativeTable table = new NativeTable();
    private final NativeTableBody body = new NativeTableBody();
    private final Div empty = new Div();
    private final boolean[] figures;
    private final List<String> titles;
    private final CsvLink csv = new CsvLink(() -> this.fileName.get(), () -> this.fileTitles.get(), () -> (_, _) -> new Page<>(rows(), null));
    private Supplier<String> fileName = () -> namedTitles().getFirst().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    private Supplier<List<String>> fileTitles = this::namedTitles;
    private Supplier<List<List<String>>> fileRows = this::shown;
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
        table.add(header, body);
        named(namedTitles().getFirst());
        empty.addClassName("table-empty");
        empty.setVisible(false);
        csv.setVisible(false);
        addAttachListener(attached -> ui = attached.getUI());
        add(table, csv, empty);
    }

    /** What those hear who do not see what it is about; its first title unless said, and that of the panel that it stands in. */
    Table named(String name) {
        table.getElement().setAttribute("aria-label", name);
        return this;
    }

    /** What stands there when there is no row, and that it is on its way before the first {@link #show}. */
    public Table withEmptyText(String text) {
        emptyText = text;
        empty.setText("Loading\u2026");
        empty.setVisible(true);
        reachable(false);
        return this;
    }

    /** As a file it is another list than what its cells say. @param all the rows of it, also those that the table has no room for */
    public <T> Table withFile(Sheet<T> sheet, Supplier<List<T>> all) {
        fileName = sheet::name;
        fileTitles = sheet::titles;
        fileRows = () -> all.get().stream().map(sheet::cells).toList();
        return this;
    }

    /** Replaces all rows; each has one component for each title. */
    public void show(List<Component[]> rows) {
        body.removeAll();
        rows.forEach(this::append);
        empty.setText(emptyText);
        empty.setVisible(rows.isEmpty());
        csv.setVisible(!rows.isEmpty());
        reachable(!rows.isEmpty());
    }

    /** What may be wider than the page is scrolled by the keyboard: where there is nothing in it that takes the focus, it does so itself. */
    private void reachable(boolean byContent) {
        if (byContent) {
            getElement().removeAttribute("tabindex").removeAttribute("role").removeAttribute("aria-label");
        } else {
            getElement().setAttribute("tabindex", "0").setAttribute("role", "group").setAttribute("aria-label", namedTitles().getFirst());
        }
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

    /** Columns without a title have things to press in them, or bars. */
    private List<String> namedTitles() {
        return titles.stream().filter(title -> !title.isEmpty()).toList();
    }

    /** Looked up while nobody changes them. */
    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        ui.accessSynchronously(() -> rows.addAll(fileRows.get()));
        return rows;
    }

    private List<List<String>> shown() {
        return body.getChildren().map(row -> {
            List<Component> cells = row.getChildren().toList();
            return IntStream.range(0, cells.size()).filter(i -> !titles.get(i).isEmpty()).mapToObj(i -> Csv.plain(text(cells.get(i).getElement()))).toList();
        }).toList();
    }

    /** What stands beside or below each other, a space apart. */
    private static String text(Element element) {
        return element.isTextNode() ? element.getText() : element.getChildren().map(Table::text).filter(text -> !text.isBlank()).collect(Collectors.joining(" "));
    }
}
