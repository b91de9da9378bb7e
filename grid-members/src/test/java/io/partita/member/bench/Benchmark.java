package io.partita.member.bench;

/**
 * A set of rows that are measured together, on the same input. A new one is a class that implements this, and a line in
 * {@link Bench#ALL}.
 */
public interface Benchmark {

    /** What stands after {@code ./partita bench}. */
    String name();

    /** What it measures, in a line. */
    String about();

    /** Measures, and hands each row over as soon as it is known. */
    void run(BenchRun run) throws Exception;
}
