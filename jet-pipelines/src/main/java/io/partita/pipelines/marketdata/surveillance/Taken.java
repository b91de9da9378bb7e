package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Evidence;
import io.partita.trading.Execution;
import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;

/**
 * A trade that somebody made happen, or both parties of one in an auction, the buyer and the seller each.
 *
 * @param moved ticks from the trade before to this one, positive in the taker's direction
 */
record Taken(long sequence, long time, long order, long owner, Side side, long price, long quantity, long moved) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    static Taken of(Execution report, long owner, long priceBefore) {
        long up = priceBefore == 0 ? 0 : report.lastPrice() - priceBefore;
        return new Taken(report.sequence(), report.time(), report.orderId(), owner, report.side(), report.lastPrice(), report.lastQuantity(),
                report.side() == Side.BUY ? up : -up);
    }

    Evidence evidence(String role) {
        return new Evidence(sequence, time, order, role, price, quantity);
    }
}
