package io.partita.member.drill.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.partita.member.drill.check.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is known about one run of a drill. The names of the components are the names in the JSON form, which
 * {@code docs/drills.md} describes; a change of meaning changes {@link #FORMAT}. All {@code ...Millis} of moments count from
 * {@code startedAt}; latencies are in microseconds. Immutable.
 *
 * @param format         {@link #FORMAT}
 * @param drill          name of the drill, as on the command line
 * @param summary        what is broken, in one line
 * @param proves         what must hold all the same, in one or two sentences
 * @param seed           with it the same choices are made again
 * @param startedAt      when the load began
 * @param durationMillis from then to the end of the load
 * @param setup          how the drill was run
 * @param machine        on what it was run
 * @param versions       of Partita, Java, Hazelcast, PostgreSQL, by name
 * @param sides          what clients saw, for each side of the fault
 * @param faults         what was broken, when, and how long it took to notice it and to get over it
 * @param timeline       what happened, in the order of time
 * @param findings       what was checked, and what came of it
 * @param repeat         the command line that does it again
 */
@JsonPropertyOrder({"format", "drill", "verdict", "sentence", "summary", "proves", "seed", "startedAt", "durationMillis", "repeat", "setup",
        "machine", "versions", "findings", "faults", "sides", "timeline"})
public record DrillReport(String format, String drill, String summary, String proves, long seed, Instant startedAt, long durationMillis,
                          Setup setup, Machine machine, Map<String, String> versions, List<Side> sides, List<Fault> faults,
                          List<Event> timeline, List<Finding> findings, String repeat) {

    /** The JSON form that this version writes and reads. */
    public static final String FORMAT = "partita-drill/1";

    /** What came of a drill. */
    public enum Verdict {
        PASSED, VIOLATED
    }

    /**
     * How a drill was run.
     *
     * @param transport         {@code namespaces} or {@code loopback}
     * @param members           how many
     * @param clients           how many client processes
     * @param ratePerClient     operations a second that each of them asks for
     * @param seconds           how long the load was meant to last
     * @param requestsSentTimes how often each request was sent
     * @param sabotage          what was deliberately broken in the members; empty when nothing was
     * @param settings          the members' settings that decide the times, by name
     */
    public record Setup(String transport, int members, int clients, int ratePerClient, int seconds, int requestsSentTimes, String sabotage,
                        Map<String, String> settings) {
        public Setup {
            settings = sorted(settings);
        }
    }

    /**
     * What the clients on one side of the fault saw.
     *
     * @param name      such as {@code majority}
     * @param nodes     members and clients on it
     * @param answers   of the whole run
     * @param codes     how often each code refused something
     * @param p50Micros median latency of the calls in which something was acknowledged; 0 without any
     * @param p99Micros 99th percentile of the same
     * @param maxMicros the slowest of the same
     * @param seconds   one for each second of the run
     * @param writeGaps when no write was acknowledged for at least {@link Gap#LEAST_MILLIS}, although clients asked; that one was acknowledged
     *                  once more does not end a gap
     * @param readGaps  when no read was answered for as long
     */
    public record Side(String name, List<String> nodes, Answers answers, Map<String, Long> codes, long p50Micros, long p99Micros,
                       long maxMicros, List<Second> seconds, List<Gap> writeGaps, List<Gap> readGaps) {
        public Side {
            nodes = List.copyOf(nodes);
            codes = sorted(codes);
            seconds = List.copyOf(seconds);
            writeGaps = List.copyOf(writeGaps);
            readGaps = List.copyOf(readGaps);
        }

        /** The longest time without an acknowledged write; 0 when there was no gap. */
        public long longestWriteGapMillis() {
            return writeGaps.stream().mapToLong(Gap::millis).max().orElse(0);
        }

        /** The longest time without an answered read; 0 when there was no gap. */
        public long longestReadGapMillis() {
            return readGaps.stream().mapToLong(Gap::millis).max().orElse(0);
        }
    }

    /**
     * What clients were told. Each transfer of a linked group or batch counts for itself, and so does each repeat of a call: a
     * transfer that was asked for twice is told twice.
     *
     * @param acknowledged transfers that were acknowledged
     * @param refused      transfers that the accounts did not allow
     * @param turnedAway   transfers that were not served now: nothing was booked, and the caller was told to try again
     * @param unknown      transfers without an answer, or with the answer that the outcome is not known
     * @param reads        reads that were answered
     * @param staleReads   those of them that were marked as possibly stale
     * @param failedReads  reads that were not answered
     */
    public record Answers(long acknowledged, long refused, long turnedAway, long unknown, long reads, long staleReads, long failedReads) {

        public static final Answers NONE = new Answers(0, 0, 0, 0, 0, 0, 0);

        public Answers plus(Answers other) {
            return new Answers(acknowledged + other.acknowledged, refused + other.refused, turnedAway + other.turnedAway,
                    unknown + other.unknown, reads + other.reads, staleReads + other.staleReads, failedReads + other.failedReads);
        }
    }

    /**
     * One second of the run on one side. A call counts in the second in which it ended.
     *
     * @param second    0 for the first
     * @param p50Micros latency of the calls acknowledged in it; 0 without any
     */
    public record Second(int second, Answers answers, long p50Micros, long p99Micros) {
    }

    /**
     * A time without what clients asked for.
     *
     * @param fromMillis the last success before, or the first call after it
     * @param toMillis   the first success after, or the end of the load
     * @param open       whether the load ended first
     */
    public record Gap(long fromMillis, long toMillis, boolean open) {

        /** Shorter pauses are the load's own rhythm. */
        public static final long LEAST_MILLIS = 1_000;

        public long millis() {
            return toMillis - fromMillis;
        }
    }

    /**
     * Something that was broken on purpose.
     *
     * @param what            in a few words
     * @param fromMillis      when it was broken
     * @param toMillis        when it was mended
     * @param detectedMillis  from the break to the first sign that the cluster had noticed; null when it gave none
     * @param resumedMillis   from the break until some side acknowledged writes again; 0 when none ever ceased, null when none
     *                        did before it was mended
     * @param recoveredMillis from the mending until every side acknowledged writes again; 0 when all did at that moment, null when
     *                        some side never did again
     */
    public record Fault(String what, long fromMillis, long toMillis, Long detectedMillis, Long resumedMillis, Long recoveredMillis) {
    }

    /**
     * Something that happened.
     *
     * @param node where; empty when it concerns all
     */
    public record Event(long atMillis, Kind kind, String node, String what) {

        /** What sort of thing happened. */
        public enum Kind {
            /** A step of the drill itself. */
            STEP,
            /** Something was broken. */
            FAULT,
            /** Something was mended. */
            MENDED,
            /** The cluster noticed: a member left, a view changed, calls were turned away. */
            NOTICED,
            /** Service came back. */
            RECOVERED,
            /** A member raised an alert. */
            ALERT
        }
    }

    public DrillReport {
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("A report is of format " + FORMAT + ", not " + format);
        }
        versions = sorted(versions);
        sides = List.copyOf(sides);
        faults = List.copyOf(faults);
        timeline = List.copyOf(timeline);
        findings = List.copyOf(findings);
    }

    /** Passed only if something was checked and all of it held. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Verdict verdict() {
        return !findings.isEmpty() && findings.stream().allMatch(Finding::passed) ? Verdict.PASSED : Verdict.VIOLATED;
    }

    public boolean passed() {
        return verdict() == Verdict.PASSED;
    }

    /** The verdict as a sentence for someone who reads nothing else. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String sentence() {
        return Sentence.of(this);
    }

    /** In one order, so that equal reports are equal texts. */
    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** How all calls of all sides ended. */
    public Answers answers() {
        return sides.stream().map(Side::answers).reduce(Answers.NONE, Answers::plus);
    }
}
