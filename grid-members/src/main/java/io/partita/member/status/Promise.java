package io.partita.member.status;

import java.util.function.Supplier;

/**
 * Something that a member promises, as a part of cases in which it has to hold.
 *
 * @param name    stays
 * @param meaning what holds in a good case, in a few words
 * @param target  the part of cases that have to be good, below 1
 * @param tally   counts since the member started
 */
record Promise(String name, String meaning, double target, Supplier<Tally> tally) {

    Promise {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("a target is between 0 and 1: whoever promises everything has no budget for errors");
        }
    }

    /** How many cases there were, and how many of them were not as promised. */
    record Tally(long total, long bad) {

        static final Tally NONE = new Tally(0, 0);

        Tally minus(Tally earlier) {
            return new Tally(Math.max(0, total - earlier.total), Math.max(0, bad - earlier.bad));
        }
    }
}
