package io.partita.trading.book;

import java.util.Arrays;

/** A short list of orders in the order in which they are to be looked at. */
final class OrderList {

    private int[] orders = new int[16];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return orders[index];
    }

    void add(int order) {
        insert(size, order);
    }

    void insert(int index, int order) {
        if (size == orders.length) {
            orders = Arrays.copyOf(orders, size * 2);
        }
        System.arraycopy(orders, index, orders, index + 1, size - index);
        orders[index] = order;
        size++;
    }

    void clear() {
        size = 0;
    }

    /** Also for an order that is not in it. */
    void remove(int order) {
        for (int i = 0; i < size; i++) {
            if (orders[i] == order) {
                size--;
                System.arraycopy(orders, i + 1, orders, i, size - i);
                return;
            }
        }
    }

    /** The orders, in an array that is used again. */
    int[] copyInto(int[] scratch) {
        int[] target = scratch.length < size ? new int[orders.length] : scratch;
        System.arraycopy(orders, 0, target, 0, size);
        return target;
    }
}
