package io.partita.pipelines.marketdata.surveillance;

import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders of a book, by whom, and what they show at each price, put together from its reports. An iceberg counts in full: it is its owner
 * that is looked at. Not thread-safe.
 */
final class LiveOrders implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Whoever wants to be seen stands within so many levels. */
    private static final int NEAR = 10;

    private final Owners owners;
    private final Map<Long, LiveOrder> orders = new HashMap<>();
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> offers = new TreeMap<>();

    LiveOrders(Owners owners) {
        this.owners = owners;
    }

    /** Null for an order that is not live. */
    LiveOrder get(long id) {
        return orders.get(id);
    }

    int size() {
        return orders.size();
    }

    /** Knows no order any more. */
    void forget() {
        orders.clear();
        bids.clear();
        offers.clear();
    }

    long owner(Execution report) {
        return owners.owner(report.account());
    }

    void apply(Execution report) {
        switch (report.execType()) {
            case NEW -> enter(report);
            case TRADE, REPLACED, RESTATED, TRIGGERED -> change(report);
            case CANCELED, EXPIRED -> end(report.orderId());
            case REJECTED, TRADING_STATUS, MASS_CANCEL_DONE -> {
                // No order is another than before.
            }
        }
    }

    private void enter(Execution report) {
        LiveOrder order = new LiveOrder(report.orderId(), owner(report), report.side(), report.time(), report.sequence());
        orders.put(order.id, order);
        OrderType type = Terms.type(report.terms());
        order.hidden = type == OrderType.PEGGED || Terms.has(report.terms(), Terms.HIDDEN);
        order.waiting = type.waitsForStop();
        set(order, report);
        order.share = order.shown() ? (double) order.leaves / near(order.side) : 0;
    }

    private void change(Execution report) {
        LiveOrder order = orders.get(report.orderId());
        if (order == null) {
            return;
        }
        show(order, -order.leaves);
        order.waiting &= report.execType() != ExecType.TRIGGERED;
        set(order, report);
        if (order.leaves == 0) {
            end(order.id);
        }
    }

    private void set(LiveOrder order, Execution report) {
        order.price = report.price();
        order.quantity = report.quantity();
        order.leaves = report.leaves();
        show(order, order.leaves);
    }

    private void end(long id) {
        LiveOrder order = orders.remove(id);
        if (order != null) {
            show(order, -order.leaves);
        }
    }

    private void show(LiveOrder order, long quantity) {
        if (order.shown() && quantity != 0) {
            side(order.side).merge(order.price, quantity, (before, more) -> before + more == 0 ? null : Long.valueOf(before + more));
        }
    }

    private TreeMap<Long, Long> side(Side side) {
        return side == Side.BUY ? bids : offers;
    }

    /** What a side shows near its best price. */
    long near(Side side) {
        long sum = 0;
        int levels = 0;
        for (long quantity : side(side).values()) {
            sum += quantity;
            if (++levels == NEAR) {
                break;
            }
        }
        return Math.max(1, sum);
    }
}
