package io.partita.console.jobs;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.jobs.GraphLayout.Box;
import io.partita.console.jobs.JobApi.Edge;
import io.partita.console.jobs.JobApi.Graph;
import io.partita.console.jobs.JobBoard.Stage;
import io.partita.console.ui.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stages of a job and what flows between them now. */
final class JobDrawing extends Div {

    private static final int LONGEST = 27;
    /** What waits longer than this before a stage is worth a look. */
    private static final double SLOW_MILLIS = 1_000;

    private final Svg picture = new Svg();
    private final Span none = new Span("Stages are drawn while the job is there.");
    private Graph shown = Graph.EMPTY;
    private GraphLayout layout = GraphLayout.of(Graph.EMPTY);
    private String drawn = "";

    JobDrawing() {
        addClassName("job-drawing");
        none.addClassName("hint");
        add(none);
    }

    void show(Graph graph, List<Stage> stages) {
        if (!graph.equals(shown)) {
            shown = graph;
            layout = GraphLayout.of(graph);
            removeAll();
            add(graph.vertices().isEmpty() ? none : picture);
        }
        if (graph.vertices().isEmpty()) {
            return;
        }
        Map<String, Stage> byName = new HashMap<>();
        stages.forEach(stage -> byName.put(stage.name(), stage));
        String now = draw(byName);
        if (!now.equals(drawn)) {
            drawn = now;
            picture.setSvg(now);
        }
    }

    private String draw(Map<String, Stage> stages) {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %1$d %2$d' role='img' aria-label='Stages of the job and what goes from one to the next'>",
                layout.width(), layout.height()));
        Map<String, Box> boxes = new HashMap<>();
        layout.boxes().forEach(box -> boxes.put(box.vertex().name(), box));
        for (Edge edge : shown.edges()) {
            if (boxes.containsKey(edge.from()) && boxes.containsKey(edge.to())) {
                edge(svg, edge, boxes.get(edge.from()), boxes.get(edge.to()), stages.get(edge.to()));
            }
        }
        layout.boxes().forEach(box -> box(svg, box, stages.get(box.vertex().name())));
        return svg.append("</svg>").toString();
    }

    private static void edge(StringBuilder svg, Edge edge, Box from, Box to, Stage next) {
        int top = from.y() + GraphLayout.BOX_HEIGHT;
        int half = (top + to.y()) / 2;
        String route = edge.from() + " \u2192 " + edge.to() + ": " + edge.routing() + (edge.distributed() ? ", to all members" : ", on the same member");
        svg.append(String.format(Locale.ROOT, "<path class='flow%s%s' d='M%d %d C%3$d %5$d %6$d %5$d %6$d %7$d'><title>%8$s</title></path>",
                edge.distributed() ? " far" : "", next != null && next.in() > 0 ? " live" : "", from.middle(), top, half, to.middle(), to.y() - 5, escaped(route)));
        svg.append(String.format(Locale.ROOT, "<path class='tip' d='M%d %d l-4 -6 h8 z'/>", to.middle(), to.y() - 1));
    }

    private void box(StringBuilder svg, Box box, Stage stage) {
        String name = box.vertex().name();
        boolean slow = stage != null && stage.waitMillis() > SLOW_MILLIS;
        svg.append(String.format(Locale.ROOT, "<g class='stage%s' transform='translate(%d %d)'><title>%s, %d on each member</title><rect width='%d' height='%d' rx='7'/>",
                slow ? " slow" : "", box.x(), box.y(), escaped(name), box.vertex().parallelism(), GraphLayout.BOX_WIDTH, GraphLayout.BOX_HEIGHT));
        svg.append(String.format(Locale.ROOT, "<text x='12' y='20' class='name'>%s</text><text x='12' y='37'>%s</text></g>",
                escaped(name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "\u2026" : name), flow(stage, shown.first(name))));
    }

    /** @param first whether it hears from no other stage: what comes into it then is its own memory, after a restart */
    private static String flow(Stage stage, boolean first) {
        if (stage == null || Double.isNaN(stage.in())) {
            return "\u2026";
        }
        List<String> parts = new ArrayList<>();
        if (!first && stage.done().received() > 0) {
            parts.add(Amounts.rough(stage.in()) + " in");
        }
        if (stage.done().emitted() > 0) {
            parts.add(Amounts.rough(stage.out()) + " out");
        }
        return (parts.isEmpty() ? "nothing yet" : String.join(" \u00B7 ", parts) + " / s")
                + (stage.done().queued() == 0 ? "" : " \u00B7 " + Amounts.rough(stage.done().queued()) + " wait");
    }

    /** Names are whatever somebody called a stage. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"", "&quot;");
    }
}
