package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.Execution;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at one book, report after report, for all practices. It begins best with an empty book; orders that it has not seen coming are passed by, also those
 * from before a gap in the reports. Can be serialized between any two reports. Not thread-safe.
 */
public final class BookSurveillance implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private static final long ROUND = 60 * SurveillanceLimits.SECOND;

    private final long instrument;
    private final SurveillanceLimits limits;
    private final LiveOrders orders;
    private final Pulse pulse = new Pulse();
    private final List<Pattern> patterns;
    private long sequence;
    private long nextRound;

    public BookSurveillance(long instrument, SurveillanceLimits limits, Owners owners) {
        this.instrument = instrument;
        this.limits = limits;
        this.orders = new LiveOrders(owners);
        this.patterns = new ArrayList<>(List.of(new PulledOrders(limits), new WashTrades(limits), new QuoteStuffing(limits), new ClosingMoves(limits),
                new MomentumIgnition(limits)));
    }

    /** What a report leads to; a report that was seen before leads to nothing. */
    public List<SurveillanceAlert> accept(Execution report) {
        if (report.sequence() <= sequence) {
            return List.of();
        }
        if (sequence > 0 && report.sequence() > sequence + 1) {
            // Nobody knows what became of the orders meanwhile.
            orders.forget();
        }
        sequence = report.sequence();
        if (report.time() >= nextRound) {
            nextRound = report.time() + ROUND;
            patterns.forEach(pattern -> pattern.forget(report.time() - limits.memory()));
        }
        Pattern.Event event = new Pattern.Event(instrument, report, orders.owner(report), orders.get(report.orderId()),
                orders.get(report.contraOrderId()), orders, pulse);
        List<SurveillanceAlert> found = new ArrayList<>();
        patterns.forEach(pattern -> pattern.look(event, found::add));
        orders.apply(report);
        if (event.trade()) {
            pulse.traded(report);
        }
        return found;
    }

    /** How many live orders it knows. */
    public int size() {
        return orders.size();
    }
}
