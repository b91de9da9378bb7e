package io.partita.console.jobs;

import io.partita.console.jobs.JobApi.Edge;
import io.partita.console.jobs.JobApi.Graph;
import io.partita.console.jobs.JobApi.Vertex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the stages of a job are drawn: each in the row below the last of those that it hears from, in its row as near to them as it can be. In the style of
 * Sugiyama, Tagawa and Toda (1981), with one pass from above, which is enough for jobs of a screen's size. Immutable.
 *
 * @param boxes in the order of rows
 */
record GraphLayout(List<Box> boxes, int width, int height) {

    static final int BOX_WIDTH = 196;
    static final int BOX_HEIGHT = 48;
    private static final int GAP = 22;
    private static final int DROP = 34;
    private static final int MARGIN = 2;

    /** A stage in its place; x and y of its upper left corner. */
    record Box(Vertex vertex, int row, int x, int y) {

        int middle() {
            return x + BOX_WIDTH / 2;
        }
    }

    static GraphLayout of(Graph graph) {
        List<List<Vertex>> rows = rows(graph);
        int widest = rows.stream().mapToInt(List::size).max().orElse(0);
        int width = widest * BOX_WIDTH + Math.max(0, widest - 1) * GAP + 2 * MARGIN;
        List<Box> boxes = new ArrayList<>();
        Map<String, Double> middles = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            List<Vertex> ordered = new ArrayList<>(rows.get(row));
            // Those that hear from the left stand on the left; a stable sort keeps what nothing speaks against.
            ordered.sort(Comparator.comparingDouble(vertex -> graph.edges().stream().filter(edge -> edge.to().equals(vertex.name()))
                    .map(edge -> middles.get(edge.from())).filter(middle -> middle != null).mapToDouble(Double::doubleValue).average().orElse(0)));
            int taken = ordered.size() * BOX_WIDTH + (ordered.size() - 1) * GAP;
            int x = (width - taken) / 2;
            for (Vertex vertex : ordered) {
                Box box = new Box(vertex, row, x, MARGIN + row * (BOX_HEIGHT + DROP));
                boxes.add(box);
                middles.put(vertex.name(), (double) box.middle());
                x += BOX_WIDTH + GAP;
            }
        }
        return new GraphLayout(List.copyOf(boxes), width, Math.max(0, rows.size() * (BOX_HEIGHT + DROP) - DROP) + 2 * MARGIN);
    }

    /** Each row further down than all that its stages hear from. A circle, which no job has, would end after as many rounds as there are stages. */
    private static List<List<Vertex>> rows(Graph graph) {
        Map<String, Integer> row = new HashMap<>();
        graph.vertices().forEach(vertex -> row.put(vertex.name(), 0));
        boolean moved = true;
        for (int round = 0; moved && round < graph.vertices().size(); round++) {
            moved = false;
            for (Edge edge : graph.edges()) {
                if (row.containsKey(edge.from()) && row.containsKey(edge.to()) && row.get(edge.to()) <= row.get(edge.from())) {
                    row.put(edge.to(), row.get(edge.from()) + 1);
                    moved = true;
                }
            }
        }
        List<List<Vertex>> rows = new ArrayList<>();
        int last = row.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        for (int i = 0; i <= last; i++) {
            int number = i;
            rows.add(graph.vertices().stream().filter(vertex -> row.get(vertex.name()) == number).toList());
        }
        return rows;
    }
}
