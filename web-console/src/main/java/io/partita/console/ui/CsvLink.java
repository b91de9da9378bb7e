package io.partita.console.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.partita.console.api.Caller;
import io.partita.console.api.Callers;
import io.partita.console.api.MemberUnavailable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Takes all rows of a list home, not only those that are loaded: they are asked for page by page, in the name of whoever looks at the list, and written as they come. A file that could not be
 * finished fails as a whole, so that nobody takes a part for all of it.
 */
final class CsvLink extends Anchor {

    /** More rows are not for a browser: there are the interfaces of the members. */
    static final int MOST_ROWS = 100_000;
    /** Members give at most so many of a list at a time. */
    private static final int ROWS_AT_ONCE = 200;

    private final Supplier<String> name;
    private final Supplier<List<String>> titles;
    private final Supplier<Page.Source<List<String>>> source;
    private final Caller caller = Callers.current();

    /** @param source read on the thread of the request, without the session */
    CsvLink(Supplier<String> name, Supplier<List<String>> titles, Supplier<Page.Source<List<String>>> source) {
        this.name = name;
        this.titles = titles;
        this.source = source;
        addClassName("csv");
        setText("CSV");
        setTitle("All rows as a file of comma-separated values, " + Amounts.count(MOST_ROWS) + " at most");
        getElement().setAttribute("aria-label", "Download as CSV");
        // The browser asks for it beside the page, and leaves the page as it is.
        setRouterIgnore(true);
        addAttachListener(attached -> {
            UI ui = attached.getUI();
            DownloadHandler handler = event -> send(event, ui);
            setHref(handler);
        });
    }

    private void send(DownloadEvent event, UI ui) throws IOException {
        event.setFileName(name.get() + ".csv");
        event.setContentType("text/csv; charset=utf-8");
        // Not closed when something goes wrong: what has no end is not taken for whole.
        Writer out = new BufferedWriter(new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8));
        try {
            if (Callers.as(caller, () -> write(titles.get(), source.get(), MOST_ROWS, out))) {
                tell(ui, "The file ends after " + Amounts.count(MOST_ROWS) + " rows, and there are more. Choose fewer by the filter.");
            }
            out.close();
        } catch (MemberUnavailable | NoSuchElementException e) {
            tell(ui, "The file could not be finished: " + e.getMessage());
            throw new IOException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void tell(UI ui, String text) {
        ui.accessLater(() -> Notices.failed(text), () -> { }).run();
    }

    /** Page by page; whether there are more rows than the most. */
    static boolean write(List<String> titles, Page.Source<List<String>> source, int most, Appendable out) {
        try {
            out.append(Csv.line(titles));
            String cursor = null;
            int written = 0;
            do {
                Page<List<String>> page = source.page(cursor, ROWS_AT_ONCE);
                for (List<String> row : page.rows()) {
                    if (written++ == most) {
                        return true;
                    }
                    out.append(Csv.line(row));
                }
                cursor = page.next();
            } while (cursor != null);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
