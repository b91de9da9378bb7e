package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Which numbers have come, of the last 1,024 up to the highest: what was, what is late and what is missing. */
final class SequenceWindow {

    static final int LENGTH = 1_024;
    private static final int ANEW = 4;

    /** What a number is. */
    enum Place {
        NEXT,
        /** After some that are missing. */
        AHEAD,
        /** One of those that were missing. */
        LATE,
        KNOWN,
        /** So long ago that nobody remembers whether it was here. */
        FORGOTTEN
    }

    private final long[] seen = new long[LENGTH / Long.SIZE];
    private long highest;
    /** The last number that was forgotten, and how many such came one after the other: a source that goes on like that counts anew. */
    private long forgotten;
    private int going;

    /** @return how many are missing between the highest and this one */
    long missing(long number) {
        return highest == 0 ? 0 : Math.max(0, number - highest - 1);
    }

    Place add(long number) {
        if (number <= highest - LENGTH) {
            going = number == forgotten + 1 ? going + 1 : 1;
            forgotten = number;
            if (going < ANEW) {
                return Place.FORGOTTEN;
            }
            restart();
        }
        if (number > highest) {
            boolean next = highest == 0 || number == highest + 1;
            for (long skipped = Math.max(highest + 1, number - LENGTH + 1); skipped < number; skipped++) {
                // Before the first one nothing is missing.
                mark(skipped, highest == 0);
            }
            mark(number, true);
            highest = number;
            return next ? Place.NEXT : Place.AHEAD;
        }
        boolean known = (seen[word(number)] & 1L << number) != 0;
        mark(number, true);
        return known ? Place.KNOWN : Place.LATE;
    }

    /** The source counts anew. */
    void restart() {
        highest = 0;
        going = 0;
    }

    private void mark(long number, boolean here) {
        seen[word(number)] = here ? seen[word(number)] | 1L << number : seen[word(number)] & ~(1L << number);
    }

    private static int word(long number) {
        return (int) (number % LENGTH) / Long.SIZE;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(highest);
        out.writeLong(forgotten);
        out.writeInt(going);
        for (long word : seen) {
            out.writeLong(word);
        }
    }

    void read(DataInput in) throws IOException {
        highest = in.readLong();
        forgotten = in.readLong();
        going = in.readInt();
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.readLong();
        }
    }
}
