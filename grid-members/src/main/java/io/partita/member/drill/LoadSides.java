package io.partita.member.drill;

import io.partita.member.drill.DrillListener.Throughput;
import io.partita.member.drill.arena.ClientProcess;
import io.partita.member.drill.arena.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Adds up, side by side, what the client processes say of themselves. Used by one thread. */
final class LoadSides {

    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final SequencedMap<String, List<ClientProcess>> clients = new LinkedHashMap<>();
    private final Map<String, Sample> before = new HashMap<>();
    private final Map<String, Throughput> latest = new LinkedHashMap<>();

    private record Sample(long nanos, long ok, long refused, long unknown, long reads) {
    }

    LoadSides(SequencedMap<String, List<Integer>> sides, List<ClientProcess> all) {
        sides.forEach((side, numbers) -> clients.put(side,
                all.stream().filter(client -> numbers.contains(client.node().number())).toList()));
    }

    /** Nodes by side, members and clients, by name. */
    static SequencedMap<String, List<String>> nodes(SequencedMap<String, List<Integer>> sides) {
        SequencedMap<String, List<String>> nodes = new LinkedHashMap<>();
        sides.forEach((side, numbers) -> {
            List<String> names = new ArrayList<>();
            numbers.forEach(number -> names.add(Node.member(number).toString()));
            numbers.forEach(number -> names.add(Node.client(number).toString()));
            nodes.put(side, names);
        });
        return nodes;
    }

    /** By the second, over the last two. */
    List<Throughput> now() {
        long now = System.nanoTime();
        clients.forEach((side, processes) -> {
            Sample old = before.get(side);
            if (old != null && now - old.nanos < WINDOW_NANOS) {
                return;
            }
            Sample sample = new Sample(now, sum(processes, "ok"), sum(processes, "refused"), sum(processes, "unknown"), sum(processes, "reads"));
            before.put(side, sample);
            double seconds = old == null ? 1 : (now - old.nanos) / 1e9;
            latest.put(side, old == null ? new Throughput(side, 0, 0, 0, 0) : new Throughput(side, (sample.ok - old.ok) / seconds,
                    (sample.refused - old.refused) / seconds, (sample.unknown - old.unknown) / seconds, (sample.reads - old.reads) / seconds));
        });
        return List.copyOf(latest.values());
    }

    private static long sum(List<ClientProcess> processes, String name) {
        return processes.stream().mapToLong(process -> count(process.progress(), name)).sum();
    }

    private static long count(String line, String name) {
        for (String word : line.split(" ")) {
            if (word.startsWith(name + "=")) {
                return Long.parseLong(word.substring(name.length() + 1));
            }
        }
        return 0;
    }
}
