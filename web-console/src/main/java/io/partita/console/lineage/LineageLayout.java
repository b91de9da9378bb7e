package io.partita.console.lineage;

import io.partita.console.lineage.LineageApi.Edge;
import io.partita.console.lineage.LineageApi.Lineage;
import io.partita.console.lineage.LineageApi.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the nodes of a lineage are drawn: each in the column right of all that lead to it, in its column as near to them as it can be. In the style of Sugiyama, Tagawa and
 * Toda (1981), with one pass from the left. Immutable.
 *
 * @param boxes from left to right
 */
record LineageLayout(List<Box> boxes, int width, int height) {

    static final int BOX_WIDTH = 176;
    static final int BOX_HEIGHT = 58;
    private static final int ACROSS = 84;
    private static final int DOWN = 18;
    private static final int MARGIN = 3;

    /** A node in its place; x and y of its upper left corner. */
    record Box(Node node, int column, int x, int y) {

        int middle() {
            return y + BOX_HEIGHT / 2;
        }
    }

    static LineageLayout of(Lineage lineage) {
        List<List<Node>> columns = columns(lineage);
        int highest = columns.stream().mapToInt(List::size).max().orElse(0);
        int height = highest * (BOX_HEIGHT + DOWN) - Math.min(highest, 1) * DOWN + 2 * MARGIN;
        List<Box> boxes = new ArrayList<>();
        Map<String, Double> middles = new HashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            List<Node> ordered = new ArrayList<>(columns.get(column));
            // Those that are led to from above stand above; a stable sort keeps what nothing speaks against.
            ordered.sort(Comparator.comparingDouble(node -> lineage.edges().stream().filter(edge -> edge.to().equals(node.key())).map(edge -> middles.get(edge.from()))
                    .filter(middle -> middle != null).mapToDouble(Double::doubleValue).average().orElse(0)));
            int y = (height - (ordered.size() * (BOX_HEIGHT + DOWN) - DOWN)) / 2;
            for (Node node : ordered) {
                Box box = new Box(node, column, MARGIN + column * (BOX_WIDTH + ACROSS), y);
                boxes.add(box);
                middles.put(node.key(), (double) box.middle());
                y += BOX_HEIGHT + DOWN;
            }
        }
        return new LineageLayout(List.copyOf(boxes), Math.max(0, columns.size() * (BOX_WIDTH + ACROSS) - ACROSS) + 2 * MARGIN, height);
    }

    /** Each column right of all that lead to its nodes. A circle, which no lineage has, would end after as many rounds as there are nodes. */
    private static List<List<Node>> columns(Lineage lineage) {
        Map<String, Integer> column = new HashMap<>();
        lineage.nodes().forEach(node -> column.put(node.key(), 0));
        boolean moved = true;
        for (int round = 0; moved && round < lineage.nodes().size(); round++) {
            moved = false;
            for (Edge edge : lineage.edges()) {
                if (column.containsKey(edge.from()) && column.containsKey(edge.to()) && column.get(edge.to()) <= column.get(edge.from())) {
                    column.put(edge.to(), column.get(edge.from()) + 1);
                    moved = true;
                }
            }
        }
        List<List<Node>> columns = new ArrayList<>();
        int last = column.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        for (int number = 0; number <= last; number++) {
            int here = number;
            columns.add(lineage.nodes().stream().filter(node -> column.get(node.key()) == here).toList());
        }
        return columns;
    }
}
