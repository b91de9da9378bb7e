package io.partita.kernels;

/** One thread's room to work on block after block. */
interface BlockRun {

    /** Writes the profits of the scenarios {@code first} to {@code first + count - 1} to their places. */
    void profits(int first, int count, double[] out);
}
