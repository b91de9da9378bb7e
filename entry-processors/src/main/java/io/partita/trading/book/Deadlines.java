package io.partita.trading.book;

import java.util.Arrays;

/**
 * When orders expire: a heap of time and order id. An order that ends before stays in it until its time comes, or until the heap has
 * grown enough to be worth a clearing; so removal costs nothing.
 */
final class Deadlines {

    static final long NEVER = Long.MAX_VALUE;

    /** Time and id in turns; the children of entry i are 2i + 1 and 2i + 2. */
    private long[] heap = new long[32];
    private int size;

    int size() {
        return size;
    }

    long next() {
        return size == 0 ? NEVER : heap[0];
    }

    long nextId() {
        return heap[1];
    }

    void clear() {
        size = 0;
    }

    void add(long time, long id) {
        if (2 * size == heap.length) {
            heap = Arrays.copyOf(heap, heap.length * 2);
        }
        int at = size++;
        while (at > 0 && before(time, id, at - 1 >> 1)) {
            move(at - 1 >> 1, at);
            at = at - 1 >> 1;
        }
        heap[2 * at] = time;
        heap[2 * at + 1] = id;
    }

    void pop() {
        size--;
        long time = heap[2 * size];
        long id = heap[2 * size + 1];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[2 * child + 2], heap[2 * child + 3], child)) {
                child++;
            }
            if (before(time, id, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        heap[2 * at] = time;
        heap[2 * at + 1] = id;
    }

    private boolean before(long time, long id, int index) {
        return time < heap[2 * index] || time == heap[2 * index] && id < heap[2 * index + 1];
    }

    private void move(int from, int to) {
        heap[2 * to] = heap[2 * from];
        heap[2 * to + 1] = heap[2 * from + 1];
    }
}
