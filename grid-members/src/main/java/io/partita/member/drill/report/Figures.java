package io.partita.member.drill.report;

import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * Makes the figures of a report from what the clients saw: series, latencies, gaps, and the times of each fault. First all
 * calls are added, then the results are asked for. Not thread-safe.
 */
public final class Figures {

    private final List<SideRecorder> recorders = new ArrayList<>();
    private final Map<String, SideRecorder> byNode = new HashMap<>();

    /**
     * @param sides      nodes by side, in the order in which to show the sides; a node belongs to one
     * @param startNanos the beginning of the load, on the clock of the calls
     */
    public Figures(SequencedMap<String, List<String>> sides, long startNanos) {
        sides.forEach((name, nodes) -> {
            SideRecorder recorder = new SideRecorder(name, nodes, startNanos);
            recorders.add(recorder);
            for (String node : nodes) {
                if (byNode.put(node, recorder) != null) {
                    throw new IllegalArgumentException(node + " is on two sides");
                }
            }
        });
    }

    /**
     * Adds a call of a client. The opening of accounts is no part of the load and passed over.
     *
     * @throws IllegalArgumentException if the client's node is on no side
     */
    public void add(Call call) {
        if (call.operation() == Operation.OPEN) {
            return;
        }
        SideRecorder recorder = byNode.get(call.node());
        if (recorder == null) {
            throw new IllegalArgumentException(call.node() + " is on no side; there are " + byNode.keySet());
        }
        recorder.add(call);
    }

    /** What was seen on each side; there are seconds for all of the duration, also those in which nothing ended. */
    public List<Side> sides(long durationMillis) {
        return recorders.stream().map(recorder -> recorder.side(durationMillis)).toList();
    }

    /**
     * The times of a fault.
     *
     * @param what       in a few words
     * @param fromMillis when it was broken
     * @param toMillis   when it was mended
     * @param untilMillis the next fault or the end of the load: later gaps are not this fault's
     * @param timeline   where an event of the kind {@code NOTICED} says that the cluster noticed
     */
    public Fault fault(String what, long fromMillis, long toMillis, long untilMillis, List<Event> timeline) {
        return new Fault(what, fromMillis, toMillis, detected(fromMillis, toMillis, timeline), resumed(fromMillis, toMillis),
                recovered(toMillis, untilMillis));
    }

    /** The first of: an event that says so, and a write that was turned away. */
    private Long detected(long from, long to, List<Event> timeline) {
        OptionalLong told = timeline.stream().filter(event -> event.kind() == Event.Kind.NOTICED)
                .mapToLong(Event::atMillis).filter(at -> at >= from && at <= to).min();
        OptionalLong shown = recorders.stream().mapToLong(recorder -> recorder.firstTurnedAway(from, to)).filter(at -> at >= 0).min();
        if (told.isEmpty() && shown.isEmpty()) {
            return null;
        }
        return Math.min(told.orElse(Long.MAX_VALUE), shown.orElse(Long.MAX_VALUE)) - from;
    }

    /** On the side that did best: it is the one that was meant to go on. */
    private Long resumed(long from, long to) {
        long best = recorders.stream().filter(SideRecorder::asked).mapToLong(recorder -> recorder.writeGaps().stream()
                .filter(gap -> gap.fromMillis() < to && gap.toMillis() > from)
                .mapToLong(gap -> gap.open() ? Long.MAX_VALUE : gap.toMillis()).max().orElse(from)).min().orElse(from);
        return best > to ? null : Long.valueOf(best - from);
    }

    /** On the side that did worst: all of them must be back. */
    private Long recovered(long to, long until) {
        long worst = to;
        for (SideRecorder recorder : recorders) {
            for (Gap gap : recorder.writeGaps()) {
                if (gap.toMillis() > to && gap.fromMillis() < until) {
                    worst = Math.max(worst, gap.open() ? Long.MAX_VALUE : gap.toMillis());
                }
            }
        }
        return worst == Long.MAX_VALUE ? null : Long.valueOf(worst - to);
    }
}
