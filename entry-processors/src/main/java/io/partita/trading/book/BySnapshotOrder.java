package io.partita.trading.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders in an order that does not depend on which record each has: by priority. */
final class BySnapshotOrder {

    private BySnapshotOrder() {
    }

    static List<Integer> all(BookState state) {
        OrderPool pool = state.pool;
        List<Integer> orders = new ArrayList<>(pool.size());
        for (int order = OrderPool.RECORD; order < pool.end(); order += OrderPool.RECORD) {
            if (pool.id(order) != 0) {
                orders.add(order);
            }
        }
        orders.sort(Comparator.comparingLong(order -> pool.words[order + OrderPool.PRIORITY]));
        return orders;
    }

    /** Those that are not in the book. */
    static List<Integer> beside(BookState state) {
        return all(state).stream().filter(order -> state.place(order) != BookState.IN_BOOK).toList();
    }
}
