package io.partita.pipelines.marketdata.rules;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/** The last bars of a series that were judged, by when they begin: each is judged once, in whatever order they come. Not thread-safe. */
final class JudgedBars implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** What a lost member held back comes some hundred bars late at most, when a file is played as quickly as possible. */
    static final int REMEMBERED = 256;
    /** Of no bar. */
    static final long NONE = Long.MIN_VALUE;

    /** Ascending; the first {@code count} of them. */
    private final long[] starts = new long[REMEMBERED];
    private int count;

    /** @return false if the bar was judged before, or is earlier than all that are remembered, so that nobody knows */
    boolean add(long start) {
        int found = Arrays.binarySearch(starts, 0, count, start);
        int place = -found - 1;
        if (found >= 0 || place == 0 && count == REMEMBERED) {
            return false;
        }
        if (count == REMEMBERED) {
            place--;
            System.arraycopy(starts, 1, starts, 0, place);
        } else {
            System.arraycopy(starts, place, starts, place + 1, count - place);
            count++;
        }
        starts[place] = start;
        return true;
    }

    /** When the bar begins that is the last one before this, of those that came so far; {@link #NONE} if there is none. */
    long before(long start) {
        int found = Arrays.binarySearch(starts, 0, count, start);
        int place = found < 0 ? -found - 1 : found;
        return place == 0 ? NONE : starts[place - 1];
    }
}
