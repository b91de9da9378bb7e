package io.partita.console.lineage;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import io.partita.console.lineage.LineageApi.Edge;
import io.partita.console.lineage.LineageApi.Lineage;
import io.partita.console.lineage.LineageApi.Node;
import io.partita.console.lineage.LineageLayout.Box;
import io.partita.console.ui.Times;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A lineage as a graph from left to right; each node that has a page of its own is the way there. */
final class LineageDrawing extends Div {

    private static final int LONGEST = 25;
    private static final int LONGEST_LABEL = 15;

    LineageDrawing(Lineage lineage) {
        addClassName("lineage-drawing");
        // It may be wider than the page: whoever has no mouse moves it by keys.
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", "Lineage of " + lineage.id() + ", from left to right; the list below says the same");
        Svg picture = new Svg();
        picture.setSvg(draw(lineage));
        add(picture);
        // Vaadin's router takes every link for one of HTML, and fails on those of a drawing, which the browser follows by itself.
        getElement().executeJs("this.addEventListener('click', event => { if (event.target.closest('a')) { event.stopPropagation(); } })");
    }

    private static String draw(Lineage lineage) {
        LineageLayout layout = LineageLayout.of(lineage);
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %1$d %2$d'>", layout.width(), layout.height()));
        Map<String, Box> boxes = new HashMap<>();
        layout.boxes().forEach(box -> boxes.put(box.node().key(), box));
        lineage.edges().stream().filter(edge -> boxes.containsKey(edge.from()) && boxes.containsKey(edge.to())).forEach(edge -> edge(svg, edge, boxes.get(edge.from()), boxes.get(edge.to())));
        layout.boxes().forEach(box -> box(svg, box, box.node().key().equals(lineage.root())));
        return svg.append("</svg>").toString();
    }

    private static void edge(StringBuilder svg, Edge edge, Box from, Box to) {
        int left = from.x() + LineageLayout.BOX_WIDTH;
        int bend = left + (to.x() - left) / 2;
        svg.append(String.format(Locale.ROOT, "<path class='flow' d='M%d %d C%d %2$d %3$d %5$d %4$d %5$d'><title>%6$s</title></path>", left, from.middle(), bend, to.x() - 6, to.middle(),
                escaped(edge.what())));
        svg.append(String.format(Locale.ROOT, "<path class='tip' d='M%d %d l-6 -4 v8 z'/>", to.x() - 1, to.middle()));
        if (to.column() == from.column() + 1) {
            svg.append(String.format(Locale.ROOT, "<text class='what' x='%d' y='%d'>%s</text>", bend, (from.middle() + to.middle()) / 2 - 4, escaped(cut(edge.what(), LONGEST_LABEL))));
        }
    }

    private static void box(StringBuilder svg, Box box, boolean root) {
        Node node = box.node();
        String page = node.kind().page(node.ref());
        if (page != null) {
            svg.append("<a href='").append(escaped(page)).append("'>");
        }
        svg.append(String.format(Locale.ROOT, "<g class='node %s%s%s' transform='translate(%d %d)'><title>%s</title><rect width='%d' height='%d' rx='7'/>", node.kind().name().toLowerCase(Locale.ROOT),
                root ? " root" : "", page == null ? "" : " linked", box.x(), box.y(), escaped(node.kind().words() + ": " + node.title() + ". " + node.detail()), LineageLayout.BOX_WIDTH,
                LineageLayout.BOX_HEIGHT));
        svg.append(String.format(Locale.ROOT, "<text x='12' y='17' class='kind'>%s%s</text><text x='12' y='34' class='name'>%s</text><text x='12' y='50'>%s</text></g>", escaped(node.kind().words()),
                root ? " (asked for)" : "", escaped(cut(node.title(), LONGEST)), node.at() == null ? "" : Times.dateTime(node.at())));
        if (page != null) {
            svg.append("</a>");
        }
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "\u2026" : text;
    }

    /** References and names are whatever somebody wrote. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"", "&quot;");
    }
}
