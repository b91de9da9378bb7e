package io.partita.member.bench.matching;

/** A book under measurement, fresh at the beginning of a stream. */
interface Venue {

    /** Does the i-th command of the stream, and takes note of all that it reports. */
    void apply(int i);

    /** A number for all trades: which order, at what price, how much. */
    long trades();

    /** How many orders rest. */
    int resting();

    static long mix(long sum, long maker, long price, long quantity) {
        return sum + (maker * 0x9E3779B97F4A7C15L ^ price * 0xD6E8FEB86659FD93L ^ quantity);
    }
}
