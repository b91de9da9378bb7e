package io.partita.pipelines;

import java.time.Instant;

/**
 * What a stage of a job has done so far on all members; since the job was started last.
 *
 * @param received  items that came in
 * @param emitted   items that went out
 * @param queued    items that wait before it now
 * @param lagMillis how far event time is behind the clock where it leaves the stage, the slowest of all; null without event time
 * @param collected when members said so
 */
public record VertexMetrics(String vertex, long received, long emitted, long queued, long snapshotBytes, Long lagMillis, Instant collected) {

    /** The metric of a stage that goes by times without Jet's event time: the last time that it is done with, in nanoseconds since 1970. */
    public static final String DONE_WITH = "doneWith";
}
