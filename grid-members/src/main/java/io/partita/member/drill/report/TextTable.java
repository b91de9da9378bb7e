package io.partita.member.drill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text, each as wide as what is in it; those whose heading begins with {@code >} stand to the right. */
final class TextTable {

    private final String indent;
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    TextTable(String indent, String... headings) {
        this.indent = indent;
        this.right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
        }
        row(Arrays.stream(headings).map(heading -> heading.startsWith(">") ? heading.substring(1) : heading).toArray(String[]::new));
    }

    TextTable row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells in " + right.length + " columns");
        }
        rows.add(cells);
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(width(i) - length(row[i]));
                line.append(right[i] ? space + row[i] : row[i] + space).append(i + 1 < row.length ? "  " : "");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row[column])).max().orElse(0);
    }

    /** Colours take no room. */
    private static int length(String cell) {
        return cell.replaceAll("\033\\[[0-9;]*m", "").length();
    }
}
