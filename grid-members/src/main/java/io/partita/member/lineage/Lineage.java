package io.partita.member.lineage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where something came from and what it became: without a circle, edges go from the earlier to the later.
 *
 * @param id       what was asked for
 * @param root     the node that it is
 * @param withheld permissions that the caller lacks to see more
 */
record Lineage(String id, String root, List<Node> nodes, List<Edge> edges, List<String> withheld) {

    /** More than this is not drawn: the rest is found by following nodes. */
    static final int MOST_NODES = 120;

    /** What a node is. */
    enum Kind {
        AUDIT, COMMAND, ORDER, TRADE, TRANSFER, ACCOUNT_CHANGE, BLOCK, SHARD, ACCOUNT, JOB, STAGE, ALERT, INSTRUMENT
    }

    /**
     * Something that happened, or is.
     *
     * @param key    within this answer
     * @param title  in a few words
     * @param detail in a sentence
     * @param ref    the id by which its own page knows it; absent if it has none
     * @param at     when it happened
     */
    @Schema(name = "LineageNode")
    record Node(String key, Kind kind, String title, String detail, String ref, Instant at) {
    }

    /** From what was first to what came of it. @param what how they hang together */
    @Schema(name = "LineageEdge")
    record Edge(String from, String to, String what) {
    }

    /** Collects nodes and edges; each node once, and not more than {@value Lineage#MOST_NODES}. Not thread-safe. */
    static final class Drawing {

        private final Map<String, Node> nodes = new LinkedHashMap<>();
        private final List<Edge> edges = new ArrayList<>();
        private final Set<String> withheld = new LinkedHashSet<>();

        /** The key of the node. */
        String add(Kind kind, String ref, String title, String detail, String page, Instant at) {
            String key = kind + ":" + ref;
            if (nodes.size() < MOST_NODES) {
                nodes.putIfAbsent(key, new Node(key, kind, title, detail, page, at));
            }
            return key;
        }

        boolean has(String key) {
            return nodes.containsKey(key);
        }

        void edge(String from, String to, String what) {
            edges.add(new Edge(from, to, what));
        }

        void withhold(String permission) {
            withheld.add(permission);
        }

        Lineage of(String id, String root) {
            List<Edge> whole = edges.stream().filter(edge -> nodes.containsKey(edge.from()) && nodes.containsKey(edge.to())).distinct().toList();
            return new Lineage(id, root, List.copyOf(nodes.values()), whole, List.copyOf(withheld));
        }
    }
}
