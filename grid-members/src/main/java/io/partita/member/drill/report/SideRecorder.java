package io.partita.member.drill.report;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Outcome;
import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Second;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what the clients of one side saw, in whatever order it comes. Keeps four bytes for each call that was acknowledged. Not
 * thread-safe.
 */
final class SideRecorder {

    private static final Answer NO_ANSWER = Answer.unknown("NO_ANSWER");

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
        private final Moments waiting = new Moments();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void add(long invoked, long completed, boolean got) {
            first = Math.min(first, invoked);
            last = Math.max(last, completed);
            waiting.addAll(invoked, completed);
            if (got) {
                served.add(completed);
            }
        }

        List<Gap> gaps() {
            return first < last ? served.gaps(waiting, Math.max(0, first), last) : List.of();
        }
    }

    SideRecorder(String name, List<String> nodes, long startNanos) {
        this.name = name;
        this.nodes = nodes;
        this.startNanos = startNanos;
    }

    void add(Call call) {
        long began = millis(call.began());
        // A call without an end counts when it began: its client was killed soon after.
        long ended = call.completed() ? millis(call.ended()) : began;
        Bucket bucket = buckets.computeIfAbsent((int) Math.max(0, ended / 1_000), _ -> new Bucket());
        if (call.operation().writes()) {
            addWrite(call, bucket, began, ended);
        } else {
            Answer answer = call.reading().orElse(NO_ANSWER);
            bucket.addRead(answer);
            count(answer);
            reads.add(began, ended, answer.outcome() == Outcome.OK);
        }
    }

    private void addWrite(Call call, Bucket bucket, long began, long ended) {
        boolean booked = false;
        boolean anew = false;
        for (int i = 0; i < call.movements().size(); i++) {
            Answer answer = call.answer(i);
            bucket.addWrite(answer);
            count(answer);
            booked |= answer.outcome() == Outcome.OK;
            // What was booked before is told by a member that books nothing, too.
            anew |= answer.outcome() == Outcome.OK && !answer.repeated();
            if (answer.outcome() == Outcome.REFUSED && Outcome.passing(answer.code())) {
                turnedAway.add(ended);
            }
        }
        writes.add(began, ended, anew);
        if (booked) {
            bucket.measure(call.ended() - call.began());
        }
    }

    private void count(Answer answer) {
        if (!answer.code().isEmpty()) {
            codes.merge(answer.code(), 1L, Long::sum);
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
