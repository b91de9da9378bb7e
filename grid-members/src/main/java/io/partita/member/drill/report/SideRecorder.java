package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Second;
import io.partita.member.drill.report.DrillReport.Side;
import io.partita.member.drill.report.Observation.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what the clients of one side saw, in whatever order it comes. Keeps four bytes for each acknowledged write. Not
 * thread-safe.
 */
final class SideRecorder {

    private final String name;
    private final List<String> nodes;
    private final long startNanos;
    private final SortedMap<Integer, Bucket> buckets = new TreeMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private final Asked writes = new Asked();
    private final Asked reads = new Asked();
    private final Moments turnedAway = new Moments();

    /** When clients asked for something, and when they got it. */
    private static final class Asked {
        private final Moments served = new Moments();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void add(long invoked, long completed, boolean got) {
            first = Math.min(first, invoked);
            last = Math.max(last, completed);
            if (got) {
                served.add(completed);
            }
        }

        List<Gap> gaps() {
            return first < last ? served.gaps(Math.max(0, first), last) : List.of();
        }
    }

    SideRecorder(String name, List<String> nodes, long startNanos) {
        this.name = name;
        this.nodes = nodes;
        this.startNanos = startNanos;
    }

    void add(Observation seen) {
        long completed = millis(seen.completedNanos());
        buckets.computeIfAbsent((int) Math.max(0, completed / 1_000), _ -> new Bucket()).add(seen);
        if (!seen.code().isEmpty()) {
            codes.merge(seen.code(), 1L, Long::sum);
        }
        (seen.write() ? writes : reads).add(millis(seen.invokedNanos()), completed, seen.served());
        if (seen.write() && seen.end() == End.TURNED_AWAY) {
            turnedAway.add(completed);
        }
    }

    private long millis(long nanos) {
        return (nanos - startNanos) / 1_000_000;
    }

    /** Whether any client wanted to write. */
    boolean asked() {
        return writes.first < writes.last;
    }

    List<Gap> writeGaps() {
        return writes.gaps();
    }

    /** When the first write was turned away within a span, in milliseconds from the start; -1 without any. */
    long firstTurnedAway(long fromMillis, long toMillis) {
        return turnedAway.first(fromMillis, toMillis);
    }

    Side side(long durationMillis) {
        int[] all = buckets.values().stream().flatMapToInt(bucket -> Arrays.stream(bucket.latencies())).sorted().toArray();
        Answers answers = buckets.values().stream().map(Bucket::answers).reduce(Answers.NONE, Answers::plus);
        return new Side(name, nodes, answers, codes, percentile(all, 50), percentile(all, 99), percentile(all, 100),
                seconds(durationMillis), writes.gaps(), reads.gaps());
    }

    /** Seconds without any answer are there too, with zeros: a chart must not skip them. */
    private List<Second> seconds(long durationMillis) {
        int count = Math.max((int) Math.ceilDiv(durationMillis, 1_000L), buckets.isEmpty() ? 0 : buckets.lastKey() + 1);
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second < count; second++) {
            Bucket bucket = buckets.getOrDefault(second, new Bucket());
            int[] latencies = Arrays.stream(bucket.latencies()).sorted().toArray();
            seconds.add(new Second(second, bucket.answers(), percentile(latencies, 50), percentile(latencies, 99)));
        }
        return seconds;
    }

    /** The smallest value that so many percent do not exceed; 0 of none. */
    static long percentile(int[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceilDiv((long) sorted.length * percent, 100L) - 1)];
    }
}
