package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Side;
import java.io.Serializable;
import java.util.function.Consumer;

/** Looks for one practice in the reports of one book. Not thread-safe. */
interface Pattern extends Serializable {

    /**
     * What a report says, before orders and pulse have gone on by it.
     *
     * @param owner whose order it is about
     * @param order as it was before; null for a new one, and where it is not about one
     * @param contra the other party's order in a trade; null if it is not live
     */
    record Event(long instrument, Execution report, long owner, LiveOrder order, LiveOrder contra, LiveOrders orders, Pulse pulse) {

        long time() {
            return report.time();
        }

        /** True for one of the two reports of each trade: the taker's, in auctions and crosses the buyer's. */
        boolean trade() {
            return report.execType() == ExecType.TRADE && switch (report.liquidity()) {
                case TAKER -> true;
                case AUCTION, CROSS -> report.side() == Side.BUY;
                case MAKER, NONE -> false;
            };
        }
    }

    void look(Event event, Consumer<SurveillanceAlert> found);

    /** Forgets those who have done nothing since a time, in nanoseconds since 1970. */
    void forget(long before);
}
