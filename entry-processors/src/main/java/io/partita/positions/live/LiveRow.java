package io.partita.positions.live;

/** What the grid shows of something that is marked. The greater of two is the newer: first by the run of the job, then by its revision within. */
public sealed interface LiveRow permits LivePortfolio, LivePosition {

    /** Of the job; each start has a greater one. */
    long run();

    /** Within the run; each round of marking has a greater one. */
    long revision();

    /** Whether it takes the place of another one, which may be null. */
    default boolean replaces(LiveRow other) {
        return other == null || run() > other.run() || run() == other.run() && revision() > other.revision();
    }
}
