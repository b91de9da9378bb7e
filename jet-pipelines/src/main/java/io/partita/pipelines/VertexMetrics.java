package io.partita.pipelines;

/**
 * What a stage of a job has done so far on all members; since the job was started last.
 *
 * @param received items that came in
 * @param emitted  items that went out
 * @param queued   items that wait before it now
 */
public record VertexMetrics(String vertex, long received, long emitted, long queued, long snapshotBytes) {
}
