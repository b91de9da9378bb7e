package io.partita.console.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a list that can only be walked by cursors as if it had offsets. Remembers the cursor of every page walked past
 * and the rows of a few; a list of any length costs a string for each page. Pages may have any number of rows, none
 * included. Not thread-safe.
 */
final class CursorPages<T> {

    static final int SIZE = 100;
    private static final int KEPT = 6;

    /** Where a page begins: its cursor, and how many rows come before it. */
    private record Start(String cursor, int row) {
    }

    private final Page.Source<T> source;
    private final List<Start> starts = new ArrayList<>();
    private final Map<Integer, List<T>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<T>> eldest) {
            return size() > KEPT;
        }
    };
    private boolean endKnown;

    CursorPages(Page.Source<T> source, Page<T> first) {
        this.source = source;
        starts.add(new Start(null, 0));
        remember(0, first);
    }

    /** Rows from an offset; fewer than the limit only at the end of the list. */
    Stream<T> rows(int offset, int limit) {
        List<T> rows = new ArrayList<>(limit);
        for (int page = pageOf(offset); rows.size() < limit && page < starts.size(); page++) {
            List<T> found = page(page);
            int skip = Math.max(0, offset - starts.get(page).row());
            found.stream().skip(skip).limit(limit - rows.size()).forEach(rows::add);
        }
        return rows.stream();
    }

    /** The page with the row, walking on as far as needed; the last one if there is no such row. */
    private int pageOf(int row) {
        while (!endKnown && starts.getLast().row() <= row) {
            page(starts.size() - 1);
        }
        int page = starts.size() - 1;
        while (starts.get(page).row() > row) {
            page--;
        }
        return page;
    }

    private List<T> page(int page) {
        List<T> rows = kept.get(page);
        if (rows == null) {
            Page<T> asked = source.page(starts.get(page).cursor(), SIZE);
            remember(page, asked);
            rows = asked.rows();
        }
        return rows;
    }

    private void remember(int page, Page<T> asked) {
        kept.put(page, asked.rows());
        if (page == starts.size() - 1) {
            if (asked.next() == null) {
                endKnown = true;
            } else {
                starts.add(new Start(asked.next(), starts.get(page).row() + asked.rows().size()));
            }
        }
    }
}
