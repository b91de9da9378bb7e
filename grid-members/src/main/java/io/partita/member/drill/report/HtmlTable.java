package io.partita.member.drill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table that becomes one block for each row where the page is narrow. Headings that begin with {@code #} are of numbers. */
final class HtmlTable {

    private final List<String> headings;
    private final List<List<Html>> rows = new ArrayList<>();

    HtmlTable(String... headings) {
        this.headings = List.of(headings);
    }

    HtmlTable row(Object... values) {
        if (values.length != headings.size()) {
            throw new IllegalArgumentException(values.length + " values under " + headings);
        }
        rows.add(Arrays.stream(values).map(value -> Html.of("{}", value)).toList());
        return this;
    }

    Html html() {
        return Html.of("<div class=\"scroll\"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
                Html.each(headings, heading -> Html.of("<th scope=\"col\"{}>{}</th>", style(heading), label(heading))), Html.each(rows, this::row));
    }

    private Html row(List<Html> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String heading = headings.get(i);
            row.append(Html.of("<td{} data-label=\"{}\">{}</td>", style(heading), label(heading), cells.get(i)).markup());
        }
        return new Html(row.append("</tr>").toString());
    }

    private static Html style(String heading) {
        return heading.startsWith("#") ? new Html(" class=\"number\"") : Html.NOTHING;
    }

    private static String label(String heading) {
        return heading.startsWith("#") ? heading.substring(1) : heading;
    }
}
