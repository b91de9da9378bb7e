package io.partita.member.positions;

import java.util.List;

/**
 * What became of the rows of a call.
 *
 * @param accepted  that are there now
 * @param repeated  how many of them were there before
 * @param corrected how many of them took the place of another price
 */
public record RowsTaken(int accepted, int repeated, int corrected, List<RowRefusal> refused) {

    /** More rows a call does not take. */
    public static final int MOST_ROWS = 5_000;

    public RowsTaken {
        refused = List.copyOf(refused);
    }
}
