package io.partita.console.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.jobs.GraphLayout.Box;
import io.partita.console.jobs.JobApi.Edge;
import io.partita.console.jobs.JobApi.Graph;
import io.partita.console.jobs.JobApi.Vertex;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphLayoutTest {

    private static Graph graph(String... edges) {
        List<Edge> all = Stream.of(edges).map(edge -> new Edge(edge.split(">")[0], edge.split(">")[1], "isolated", false)).toList();
        return new Graph(all.stream().flatMap(edge -> Stream.of(edge.from(), edge.to())).distinct().map(name -> new Vertex(name, 1)).toList(), all);
    }

    private static Map<String, Box> boxes(Graph graph) {
        return GraphLayout.of(graph).boxes().stream().collect(Collectors.toMap(box -> box.vertex().name(), box -> box));
    }

    @Test
    void aStageStandsBelowAllThatItHearsFrom() {
        Graph graph = graph("source>check", "check>bars", "check>letters", "source>late", "bars>late");
        Map<String, Box> boxes = boxes(graph);
        assertThat(graph.edges()).allSatisfy(edge -> assertThat(boxes.get(edge.to()).row()).isGreaterThan(boxes.get(edge.from()).row()));
        assertThat(boxes.get("late").row()).isEqualTo(3);
    }

    @Test
    void noTwoStagesCoverEachOtherAndAllAreInThePicture() {
        Graph graph = graph("a>b", "a>c", "a>d", "b>e", "c>f", "d>g", "g>h");
        GraphLayout layout = GraphLayout.of(graph);
        assertThat(layout.boxes()).hasSize(8).allSatisfy(box -> {
            assertThat(box.x()).isBetween(0, layout.width() - GraphLayout.BOX_WIDTH);
            assertThat(box.y()).isBetween(0, layout.height() - GraphLayout.BOX_HEIGHT);
            assertThat(layout.boxes()).filteredOn(other -> !other.equals(box) && other.row() == box.row())
                    .allSatisfy(other -> assertThat(Math.abs(other.x() - box.x())).isGreaterThan(GraphLayout.BOX_WIDTH));
        });
    }

    @Test
    void branchesKeepTheirSides() {
        Map<String, Box> boxes = boxes(graph("s>l", "s>r", "r>rr", "l>ll"));
        assertThat(boxes.get("l").x()).isLessThan(boxes.get("r").x());
        assertThat(boxes.get("ll").x()).isLessThan(boxes.get("rr").x());
    }

    @Test
    void aCircleEndsAndNothingIsDrawnOfNothing() {
        assertThat(GraphLayout.of(graph("a>b", "b>a")).boxes()).hasSize(2);
        assertThat(GraphLayout.of(Graph.EMPTY).boxes()).isEmpty();
    }
}
