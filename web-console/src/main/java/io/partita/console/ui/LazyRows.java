package io.partita.console.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.api.MemberUnavailable;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A grid over a list of any length, of which only what is looked at is ever loaded; with something to say when the list
 * is empty or cannot be had.
 */
public final class LazyRows<T> extends Div {

    /** Up to so many rows the grid is as high as its rows. */
    private static final int SHORT = 14;

    /** After so many pages without a row, nothing was found. */
    private static final int EMPTY_PAGES = 50;

    private final Grid<T> grid;
    private final Supplier<EmptyState> empty;
    private final CsvLink csv;
    private final Div message = new Div();
    /** Read by those who download, too. */
    private volatile Page.Source<T> source;

    /** @param sheet the list as a file */
    public LazyRows(Grid<T> grid, Supplier<EmptyState> empty, Sheet<T> sheet) {
        this.grid = grid;
        this.empty = empty;
        this.csv = new CsvLink(sheet::name, sheet::titles, () -> cells(source, sheet));
        addClassName("lazy-rows");
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_NO_ROW_BORDERS, GridVariant.LUMO_COMPACT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setPageSize(50);
        grid.setAriaLabel(sheet.name());
        message.setVisible(false);
        csv.setVisible(false);
        add(grid, csv, message);
    }

    private static <T> Page.Source<List<String>> cells(Page.Source<T> source, Sheet<T> sheet) {
        return (cursor, limit) -> {
            Page<T> page = source.page(cursor, limit);
            return new Page<>(page.rows().stream().map(sheet::cells).toList(), page.next());
        };
    }

    /** Shows another list from its beginning. */
    public void show(Page.Source<T> newSource) {
        source = newSource;
        reload();
    }

    /** Asks again from the beginning. */
    public void reload() {
        if (source == null) {
            return;
        }
        Page<T> first;
        try {
            first = firstRows();
        } catch (MemberUnavailable e) {
            say(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment. This list comes back by itself."));
            return;
        } catch (NoSuchElementException e) {
            say(new EmptyState(VaadinIcon.WARNING, "This cannot be shown", e.getMessage(), new Button("Try again", _ -> reload())));
            return;
        }
        if (first.rows().isEmpty()) {
            say(empty.get());
            return;
        }
        message.setVisible(false);
        grid.setVisible(true);
        csv.setVisible(true);
        fill(first);
    }

    /** A search may answer with no rows and a cursor to go on: it looks through so much at a time. */
    private Page<T> firstRows() {
        Page<T> page = source.page(null, CursorPages.SIZE);
        for (int more = 0; more < EMPTY_PAGES && page.rows().isEmpty() && page.next() != null; more++) {
            page = source.page(page.next(), CursorPages.SIZE);
        }
        return page;
    }

    /** Whether all rows are on the page at once, so that showing them anew takes nothing out of the reader's sight. */
    public boolean wholeInSight() {
        return !grid.isVisible() || grid.isAllRowsVisible();
    }

    private void fill(Page<T> first) {
        if (first.next() == null) {
            grid.setItems(first.rows());
            grid.setAllRowsVisible(first.rows().size() <= SHORT);
            return;
        }
        grid.setAllRowsVisible(false);
        CursorPages<T> pages = new CursorPages<>(source, first);
        grid.setItems(query -> rows(pages, query.getOffset(), query.getLimit()));
    }

    private Stream<T> rows(CursorPages<T> pages, int offset, int limit) {
        try {
            return pages.rows(offset, limit);
        } catch (MemberUnavailable | NoSuchElementException e) {
            // The rows that are there stay; the banner says the rest, and the page asks again when a member is back.
            return Stream.empty();
        }
    }

    private void say(EmptyState state) {
        grid.setVisible(false);
        csv.setVisible(false);
        message.removeAll();
        message.add(state);
        message.setVisible(true);
    }
}
