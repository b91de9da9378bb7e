package io.partita.pipelines;

import com.hazelcast.internal.json.Json;
import com.hazelcast.internal.json.JsonArray;
import com.hazelcast.internal.json.JsonObject;
import com.hazelcast.internal.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a job and what goes from one to the next; without a circle. Immutable.
 *
 * @param vertices stages, by the names that metrics have too
 */
public record JobGraph(List<Vertex> vertices, List<Edge> edges) {

    /** Of a job that is no more, or not yet. */
    public static final JobGraph EMPTY = new JobGraph(List.of(), List.of());

    public JobGraph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
    }

    /** A stage. @param parallelism how many of it a member runs */
    public record Vertex(String name, int parallelism) {
    }

    /**
     * From a stage to the next.
     *
     * @param routing     how an item finds the one it goes to: {@code partitioned}, {@code isolated}, {@code unicast}, {@code broadcast}
     * @param distributed whether it may go to another member
     */
    public record Edge(String from, String to, String routing, boolean distributed) {
    }

    /** Reads what Hazelcast writes. */
    static JobGraph parse(String text) {
        JsonObject graph = Json.parse(text).asObject();
        List<Vertex> vertices = new ArrayList<>();
        for (JsonValue each : array(graph, "vertices")) {
            vertices.add(new Vertex(each.asObject().getString("name", ""), each.asObject().getInt("parallelism", 0)));
        }
        List<Edge> edges = new ArrayList<>();
        for (JsonValue each : array(graph, "edges")) {
            JsonObject edge = each.asObject();
            edges.add(new Edge(edge.getString("from", ""), edge.getString("to", ""), edge.getString("type", ""),
                    !"null".equals(edge.getString("distributedTo", "null"))));
        }
        return new JobGraph(vertices, edges);
    }

    private static JsonArray array(JsonObject graph, String name) {
        JsonValue value = graph.get(name);
        return value == null ? new JsonArray() : value.asArray();
    }
}
