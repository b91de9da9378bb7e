package io.partita.positions.lots;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.fx.Conversion;
import io.partita.positions.product.Terms;
import java.util.List;

/**
 * A position as its events have left it, by two methods at once: at average cost, and in lots of which the first opened are closed first.
 * Immutable.
 *
 * <p>Each method keeps what was paid, whatever it rounds: {@code cost - realized} is the cash that was paid less that received, in the product's
 * currency and in the base currency. Fees and income are kept apart.
 *
 * @param paidUpFront     whether a trade was paid for at once; of what was not, rates touch gains alone, and the base currency's part of costs says
 *                        nothing
 * @param quantity        bought less sold
 * @param averageCost     what the quantity was bought for, on average
 * @param realizedAverage gain of what was closed, at average cost
 * @param lots            the same quantity, the first opened first; all of one sign
 * @param realizedFifo    gain of what was closed, lot by lot
 * @param fees            paid, less rebates
 * @param income          dividends and coupons
 */
public record Holding(boolean paidUpFront, long quantity, Amount averageCost, Gain realizedAverage, List<Lot> lots, Gain realizedFifo, Amount fees,
                      Amount income) {

    /** More open lots a position does not have. */
    public static final int MOST_LOTS = 100_000;

    /** Of what is paid for at once: nothing yet. */
    public static final Holding NONE = new Holding(true, 0, Amount.ZERO, Gain.ZERO, List.of(), Gain.ZERO, Amount.ZERO, Amount.ZERO);
    private static final Holding UNPAID = new Holding(false, 0, Amount.ZERO, Gain.ZERO, List.of(), Gain.ZERO, Amount.ZERO, Amount.ZERO);

    /** Closes lots as they were opened. */
    public enum Method { AVERAGE, FIFO }

    public Holding {
        lots = List.copyOf(lots);
        if (lots.size() > MOST_LOTS) {
            throw new PositionRefused(PositionRefusal.TOO_MANY_LOTS, "");
        }
    }

    /** Nothing yet. */
    public static Holding none(boolean paidUpFront) {
        return paidUpFront ? NONE : UNPAID;
    }

    /** The position after some events, in their order; throws {@code NUMBER_TOO_LARGE} if a sum does not fit. */
    public Holding apply(Iterable<? extends PositionEvent> events) {
        OpenHolding open = new OpenHolding(this);
        events.forEach(open::apply);
        return open.holding();
    }

    /** The position after one event. For many, giving them together is faster. */
    public Holding apply(PositionEvent event) {
        return apply(List.of(event));
    }

    public Gain realized(Method method) {
        return method == Method.AVERAGE ? realizedAverage : realizedFifo;
    }

    /** What the open quantity has cost. */
    public Amount cost(Method method) {
        return method == Method.AVERAGE ? averageCost : lots.stream().map(Lot::cost).reduce(Amount.ZERO, Amount::plus);
    }

    /** What closing all of it at this worth would gain. @param worth minor units of the product's currency */
    public Gain unrealized(long worth, Conversion toBase, Method method) {
        Amount cost = cost(method);
        return paidUpFront ? Gain.between(Amount.of(worth, toBase), cost, toBase) : Gain.unpaid(Terms.difference(worth, cost.local()), toBase);
    }
}
