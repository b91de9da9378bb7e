package io.partita.trading.feed;

import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;

/**
 * All displayed orders of a book at a moment.
 *
 * @param view   the rest of it, without levels
 * @param orders by side, price and place in the queue, the first to trade first: id, side (0 for buyers), price and quantity in turns; price
 *               0 for orders at any price
 */
public record BookSnapshot(MarketView view, long[] orders) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Takes the orders of a snapshot. */
    @FunctionalInterface
    public interface Visitor {
        void order(long id, Side side, long price, long quantity);
    }

    /** Shows all orders in their order. */
    public void orders(Visitor visitor) {
        for (int i = 0; i < orders.length; i += 4) {
            visitor.order(orders[i], orders[i + 1] == 0 ? Side.BUY : Side.SELL, orders[i + 2], orders[i + 3]);
        }
    }
}
