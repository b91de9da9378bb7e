package io.partita.indicators;

import java.util.Arrays;

/**
 * All that indicators remember, in one array: the parts of a formula reserve their cells when they are made and keep nothing elsewhere, so that a copy of
 * the array is a snapshot and nothing can be forgotten in it.
 */
final class Memory {

    private double[] cells = new double[64];
    private int used;

    /** @return where the reserved cells begin; they are 0 */
    int reserve(int count) {
        int at = used;
        used = Math.addExact(used, count);
        if (used > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(used, 2 * cells.length));
        }
        return at;
    }

    double get(int cell) {
        return cells[cell];
    }

    void set(int cell, double value) {
        cells[cell] = value;
    }

    void fill(int from, int to, double value) {
        Arrays.fill(cells, from, to, value);
    }

    double[] copy() {
        return Arrays.copyOf(cells, used);
    }

    void restore(double[] state) {
        if (state.length != used) {
            throw new IllegalArgumentException("a state has " + used + " numbers, not " + state.length);
        }
        System.arraycopy(state, 0, cells, 0, used);
    }
}
