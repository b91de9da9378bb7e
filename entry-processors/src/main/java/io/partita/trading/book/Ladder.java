package io.partita.trading.book;

import java.util.Arrays;

/**
 * Orders by price, and at a price by the time they came: those that show something before those that do not. One side of a book, or the
 * stops that wait on one side. A level is the index of its record; 0 is none.
 */
final class Ladder {

    private static final int RECORD = 8;
    private static final int PRICE = 0;
    /** First in the high half, last in the low; the hidden queue in the next word. */
    private static final int SHOWN_QUEUE = 1;
    private static final int HIDDEN_QUEUE = 2;
    private static final int SHOWN = 3;
    private static final int HIDDEN = 4;
    private static final int NEXT_FREE = 5;

    private final OrderPool pool;
    private final PriceIndex index;
    /** Whether the highest price is the best. */
    private final boolean descending;
    private long[] words = new long[32 * RECORD];
    /** So that each record is a cache line: elements begin 16 bytes behind the start of an array. */
    private int used = RECORD - 2;
    private int free;
    private int best;

    Ladder(OrderPool pool, boolean descending, long maxPrice) {
        this.pool = pool;
        this.descending = descending;
        index = new PriceIndex(maxPrice);
    }

    int best() {
        return best;
    }

    long price(int level) {
        return words[level + PRICE];
    }

    long shown(int level) {
        return words[level + SHOWN];
    }

    long quantity(int level) {
        return words[level + SHOWN] + words[level + HIDDEN];
    }

    /** The next level away from the best. */
    int worse(int level) {
        long price = words[level + PRICE];
        return descending ? index.below(price) : index.above(price);
    }

    int worst() {
        return descending ? index.lowest() : index.highest();
    }

    /** The next level towards the best. */
    int better(int level) {
        long price = words[level + PRICE];
        return descending ? index.above(price) : index.below(price);
    }

    /** The order whose turn it is. */
    int first(int level) {
        int shown = (int) (words[level + SHOWN_QUEUE] >>> 32);
        return shown != 0 ? shown : firstHidden(level);
    }

    int firstHidden(int level) {
        return (int) (words[level + HIDDEN_QUEUE] >>> 32);
    }

    int firstShown(int level) {
        return (int) (words[level + SHOWN_QUEUE] >>> 32);
    }

    /** Behind all orders at this price that show something, if it does; else behind all. */
    void append(int order, long price) {
        int level = index.get(price);
        if (level == 0) {
            level = newLevel(price);
        }
        long shown = pool.shown(order);
        words[level + SHOWN] += shown;
        words[level + HIDDEN] += pool.leaves(order) - shown;
        pool.level(order, level);
        int queue = level + (shown > 0 ? SHOWN_QUEUE : HIDDEN_QUEUE);
        int last = (int) words[queue];
        pool.words[order + OrderPool.LINKS] = (long) last << 32;
        if (last == 0) {
            words[queue] = OrderPool.pair(order, order);
        } else {
            pool.next(last, order);
            words[queue] = words[queue] & ~0xffffffffL | order;
        }
    }

    /** Takes an order out; the shown part must be what it was when it was appended, less what {@link #reduce} took. */
    void remove(int order) {
        int level = pool.level(order);
        long shown = pool.shown(order);
        remove(order, level, shown > 0);
        words[level + SHOWN] -= shown;
        words[level + HIDDEN] -= pool.leaves(order) - shown;
        dropIfEmpty(level);
    }

    /** Takes out an order of which nothing is left; displayed if it stands where it showed something. */
    void removeFilled(int order, boolean displayed) {
        int level = pool.level(order);
        remove(order, level, displayed);
        dropIfEmpty(level);
    }

    /** Moves an iceberg that showed all it had to, and shows again, to the end of the queue; its pool record says how much. */
    void refresh(int order) {
        int level = pool.level(order);
        int last = (int) words[level + SHOWN_QUEUE];
        long shown = pool.shown(order);
        words[level + SHOWN] += shown;
        words[level + HIDDEN] -= shown;
        if (last == order) {
            return;
        }
        remove(order, level, true);
        pool.words[order + OrderPool.LINKS] = (long) last << 32;
        pool.next(last, order);
        words[level + SHOWN_QUEUE] = words[level + SHOWN_QUEUE] & ~0xffffffffL | order;
    }

    private void remove(int order, int level, boolean displayed) {
        int queue = level + (displayed ? SHOWN_QUEUE : HIDDEN_QUEUE);
        int previous = pool.previous(order);
        int next = pool.next(order);
        long ends = words[queue];
        if (previous == 0) {
            ends = OrderPool.pair(next, (int) ends);
        } else {
            pool.next(previous, next);
        }
        if (next == 0) {
            ends = OrderPool.pair((int) (ends >>> 32), previous);
        } else {
            pool.previous(next, previous);
        }
        words[queue] = ends;
    }

    /** The level's quantities become smaller by these. */
    void reduce(int level, long shown, long hidden) {
        words[level + SHOWN] -= shown;
        words[level + HIDDEN] -= hidden;
    }

    private int newLevel(long price) {
        int level = free;
        if (level != 0) {
            free = (int) words[level + NEXT_FREE];
        } else {
            if (used + RECORD > words.length) {
                words = Arrays.copyOf(words, words.length * 2);
            }
            level = used;
            used += RECORD;
        }
        words[level + PRICE] = price;
        words[level + SHOWN_QUEUE] = 0;
        words[level + HIDDEN_QUEUE] = 0;
        words[level + SHOWN] = 0;
        words[level + HIDDEN] = 0;
        index.put(price, level);
        if (best == 0 || (descending ? price > words[best + PRICE] : price < words[best + PRICE])) {
            best = level;
        }
        return level;
    }

    private void dropIfEmpty(int level) {
        if ((words[level + SHOWN_QUEUE] | words[level + HIDDEN_QUEUE]) != 0) {
            return;
        }
        if (level == best) {
            best = worse(level);
        }
        index.remove(words[level + PRICE]);
        words[level + NEXT_FREE] = free;
        free = level;
    }
}
