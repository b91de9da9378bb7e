package io.partita.trading.venue;

import io.partita.trading.Execution;
import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a book knows of one account.
 *
 * @param reported  sequence of the book's last report, as of which the rest is
 * @param lastPrice of the book, or its reference price; 0 for neither
 * @param orders    live ones: id, side, worst price, open and filled quantity in turns
 * @param reports   what was reported about the account after the report that was asked from, encoded; null if that is too long ago
 */
public record OrdersOf(long reported, long lastPrice, long[] orders, byte[] reports) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
    private static final int FIELDS = 5;

    /** A live order; price 0 where it has no limit. */
    public record Live(long orderId, Side side, long price, long leaves, long filled) {
    }

    public List<Live> live() {
        List<Live> live = new ArrayList<>(orders.length / FIELDS);
        for (int i = 0; i < orders.length; i += FIELDS) {
            live.add(new Live(orders[i], Side.values()[(int) orders[i + 1]], orders[i + 2], orders[i + 3], orders[i + 4]));
        }
        return live;
    }

    public List<Execution> executions() {
        List<Execution> executions = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(reports);
        while (in.hasRemaining()) {
            executions.add(Execution.decode(in));
        }
        return executions;
    }
}
