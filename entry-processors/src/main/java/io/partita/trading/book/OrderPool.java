package io.partita.trading.book;

import java.util.Arrays;

/**
 * Live orders as records of 8 longs in two arrays, a cache line in each: one with what cancelling and matching read, so that many orders fit
 * into the cache, one with the rest. An order is the index of its record in both; 0 is none. Also keeps the sum of all records' hashes, for {@link PriceTimeBook#hash}.
 */
final class OrderPool {

    /** Words of a record in each of the two arrays. */
    static final int RECORD = 8;
    private static final int FIELDS = 2 * RECORD;

    static final int ID = 0;
    /** Neighbours in a queue: previous in the high half, next in the low. */
    static final int LINKS = 1;
    static final int LEAVES = 2;
    static final int SHOWN = 3;
    /** Participant in the high half, terms in the low. */
    static final int OWNER = 4;
    /** Session in the high half, level in the low. */
    static final int WHERE = 5;
    static final int ACCOUNT = 6;
    /** What {@link #weigh} gave: a linear form of the record, so that a change of a field is one multiplication. */
    static final int WEIGHT = 7;

    // In the second array.
    static final int PRICE = 0;
    static final int PRIORITY = 1;
    static final int FILLED = 2;
    static final int DISPLAY = 3;
    static final int MINIMUM = 4;
    static final int STOP = 5;
    static final int OFFSET = 6;
    static final int EXPIRE = 7;

    /** Elements begin 16 bytes behind the start of an array, so the first record after 6 words begins a cache line. */
    static final int FIRST = RECORD - 2;

    private static final long HALF = 0xffffffffL;

    /** Odd numbers without pattern, one per word; links and level have none. */
    private static final long[] FACTOR = new long[FIELDS];

    static {
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < FIELDS; i++) {
            state += 0x9E3779B97F4A7C15L;
            FACTOR[i] = mix(state) | 1;
        }
    }

    /** Of a fill of a resting order that shows all it fills. */
    private static final long SHOWN_FILL = FACTOR[RECORD + FILLED] - FACTOR[LEAVES] - FACTOR[SHOWN];
    private static final long HIDDEN_FILL = FACTOR[RECORD + FILLED] - FACTOR[LEAVES];

    long[] words;
    long[] cold;
    private int used = FIRST;
    private int free;
    private int size;
    private long hash;

    OrderPool() {
        this(new long[64 * RECORD], new long[64 * RECORD]);
    }

    private OrderPool(long[] words, long[] cold) {
        this.words = words;
        this.cold = cold;
    }

    int size() {
        return size;
    }

    /** All records as they are now. */
    OrderPool copy() {
        OrderPool copy = new OrderPool(Arrays.copyOf(words, used), Arrays.copyOf(cold, used));
        copy.used = used;
        copy.free = free;
        copy.size = size;
        copy.hash = hash;
        return copy;
    }

    /** The sum of the hashes of the orders that are {@link #seal sealed}. */
    long hash() {
        return hash;
    }

    /** A record with anything in it. */
    int take() {
        size++;
        int order = free;
        if (order != 0) {
            free = (int) words[order + LINKS];
            return order;
        }
        if (used + RECORD > words.length) {
            words = Arrays.copyOf(words, words.length * 2);
            cold = Arrays.copyOf(cold, words.length);
        }
        order = used;
        used += RECORD;
        words[order + LINKS] = 0;
        return order;
    }

    void free(int order) {
        size--;
        words[order + ID] = 0;
        words[order + LINKS] = free;
        free = order;
    }

    /** The end of the records ever used, from {@link #FIRST} on; one with id 0 is free. */
    int end() {
        return used;
    }

    long id(int order) {
        return words[order + ID];
    }

    long leaves(int order) {
        return words[order + LEAVES];
    }

    long shown(int order) {
        return words[order + SHOWN];
    }

    long price(int order) {
        return cold[order + PRICE];
    }

    int terms(int order) {
        return (int) words[order + OWNER];
    }

    int participant(int order) {
        return (int) (words[order + OWNER] >>> 32);
    }

    int session(int order) {
        return (int) (words[order + WHERE] >>> 32);
    }

    int level(int order) {
        return (int) words[order + WHERE];
    }

    void level(int order, int level) {
        words[order + WHERE] = words[order + WHERE] & ~HALF | level;
    }

    int next(int order) {
        return (int) words[order + LINKS];
    }

    int previous(int order) {
        return (int) (words[order + LINKS] >>> 32);
    }

    void next(int order, int next) {
        words[order + LINKS] = words[order + LINKS] & ~HALF | next;
    }

    void previous(int order, int previous) {
        words[order + LINKS] = words[order + LINKS] & HALF | (long) previous << 32;
    }

    static long pair(int high, int low) {
        return (long) high << 32 | low & HALF;
    }

    void terms(int order, int terms) {
        words[order + OWNER] = words[order + OWNER] & ~HALF | terms & HALF;
    }

    /** Counts the order into the hash: it stands somewhere now. */
    void seal(int order) {
        long weight = weigh(order);
        words[order + WEIGHT] = weight;
        hash += mix(weight);
    }

    /** Takes the order out of the hash: it moves, changes or ends. */
    void unseal(int order) {
        hash -= mix(words[order + WEIGHT]);
    }

    /** Books a fill of an order that stays where it is. */
    void fill(int order, long quantity, boolean displayed) {
        words[order + LEAVES] -= quantity;
        cold[order + FILLED] += quantity;
        if (displayed) {
            words[order + SHOWN] -= quantity;
        }
        reweigh(order, quantity * (displayed ? SHOWN_FILL : HIDDEN_FILL));
    }

    /** Books a fill of an order that is under way. */
    void fillMoving(int order, long quantity) {
        words[order + LEAVES] -= quantity;
        cold[order + FILLED] += quantity;
    }

    /** What is open of an order that stays where it is becomes less, and what is shown of it. */
    void shrink(int order, long leaves, long shown) {
        long change = (leaves - words[order + LEAVES]) * FACTOR[LEAVES] + (shown - words[order + SHOWN]) * FACTOR[SHOWN];
        words[order + LEAVES] = leaves;
        words[order + SHOWN] = shown;
        reweigh(order, change);
    }

    /** An iceberg that showed all it had to shows its next part, with another priority. */
    void refresh(int order, long priority) {
        long shown = Math.min(cold[order + DISPLAY], words[order + LEAVES]);
        long change = shown * FACTOR[SHOWN] + (priority - cold[order + PRIORITY]) * FACTOR[RECORD + PRIORITY];
        words[order + SHOWN] = shown;
        cold[order + PRIORITY] = priority;
        reweigh(order, change);
    }

    private void reweigh(int order, long change) {
        long weight = words[order + WEIGHT];
        hash -= mix(weight);
        weight += change;
        words[order + WEIGHT] = weight;
        hash += mix(weight);
    }

    private long weigh(int order) {
        long weight = words[order + ID] * FACTOR[ID] + words[order + LEAVES] * FACTOR[LEAVES] + words[order + SHOWN] * FACTOR[SHOWN]
                + words[order + OWNER] * FACTOR[OWNER] + words[order + ACCOUNT] * FACTOR[ACCOUNT]
                + (words[order + WHERE] >>> 32) * FACTOR[WHERE];
        for (int word = 0; word < RECORD; word++) {
            weight += cold[order + word] * FACTOR[RECORD + word];
        }
        return weight;
    }

    static long mix(long value) {
        long bits = (value ^ value >>> 32) * 0xd6e8feb86659fd93L;
        bits = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        return bits ^ bits >>> 32;
    }
}
