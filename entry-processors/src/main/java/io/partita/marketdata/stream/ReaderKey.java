package io.partita.marketdata.stream;

/**
 * Who reads a lane: the value beside it is the first page that this reader may need once more.
 *
 * @param job number of a job
 */
public record ReaderKey(long job, int lane) {
}
