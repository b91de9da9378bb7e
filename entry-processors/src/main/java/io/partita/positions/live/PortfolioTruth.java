package io.partita.positions.live;

import io.partita.positions.book.Held;
import io.partita.positions.book.Hierarchy;
import java.io.Serial;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What PostgreSQL has of portfolios, as marking reads it. The job finds that of the member it runs on in the user context of its Hazelcast instance, under
 * {@link #KEY}. Thread-safe.
 */
public interface PortfolioTruth {

    /** The key in the user context. */
    String KEY = "io.partita.portfolio-truth";

    /** More positions are not marked: what comes after them is refused, by accounts. */
    int MOST_POSITIONS = 200_000;

    /** Storage is away, or the member is starting; the same can be asked again. */
    final class Unavailable extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        public Unavailable(Throwable cause) {
            super(cause);
        }
    }

    /** A position. @param rated false if a rate was missing when it came about */
    record HeldPosition(Held held, boolean rated) {
    }

    /**
     * What an account holds.
     *
     * @param held    each product once; empty if it holds nothing, or if it is refused
     * @param opening what it had gained when the day began, in minor units of the base currency; null if something that it held then had no price or rate
     * @param refused true if there are too many positions to be read
     */
    record AccountPositions(List<HeldPosition> held, Long opening, boolean refused) {

        public AccountPositions {
            held = List.copyOf(held);
        }
    }

    /** What has come. */
    sealed interface Change {

        Map<Long, AccountPositions> accounts();

        List<LiveMark> closes();

        /**
         * All there is, in place of all before.
         *
         * @param day      of UTC
         * @param accounts all that are in a book
         * @param closes   the last closes and rates up to that day
         * @param former   the names that products had before, by what they are called, the last one first
         */
        record All(LocalDate day, Hierarchy hierarchy, Map<Long, AccountPositions> accounts, List<LiveMark> closes, Map<String, List<String>> former) implements Change {
        }

        /** Some accounts, each in place of what it held before, and closes that are new. */
        record Some(Map<Long, AccountPositions> accounts, List<LiveMark> closes) implements Change {
        }
    }

    /** Looks for changes; remembers what it has told. Used by one thread. */
    interface Reader {

        /** All there is at first, and after midnight and whenever the hierarchy has changed; then what is new. Nothing if nothing is. */
        Optional<Change> next() throws Unavailable;
    }

    /** A reader that has told nothing yet. */
    Reader reader();

    /** True once its member is ending: it tells nothing any more, and nobody should wait for it. */
    boolean ended();
}
