package io.partita.positions.explain;

import static io.partita.positions.product.Terms.difference;
import static io.partita.positions.product.Terms.sum;

import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Amount;
import io.partita.positions.lots.Gain;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.time.LocalDate;
import java.util.List;

/**
 * Explains what a position has gained from a start to an end, at average cost.
 *
 * <p>With q units held at the start, prices P0 and P1 (clean), accrued interest A, rates F0, F1, and trades of t units for cash c at the rate Ft:
 * price is {@code F0(q(P1 - P0))}; carry {@code F0(A1 - A0)} and income at its rate; trades {@code Ft(t(P1 + A1) - c)}; fx {@code (F1 - F0)} of q
 * and {@code (F1 - Ft)} of each t at P1. These sum up to the total exactly but for rounding. Of what is not paid for at once, rates touch the open
 * gain g alone: price and trades are taken at F1, and fx is {@code (F1 - F0)} of g0 and {@code (Ft - F1)} of what trades realized. Splits come
 * before the day's trades.
 */
public final class ExplainedPosition {

    private ExplainedPosition() {
    }

    /**
     * One end of the time that is explained.
     *
     * @param day     up to which interest has accrued
     * @param price   clean
     */
    public record Point(LocalDate day, Price price, Conversion toBase) {
    }

    /**
     * @param start  what was held at the start, as it was known then
     * @param events since then, in their order, splits first
     * @param end    what is held at the end: the same, but for corrections of what was before
     * @throws IllegalArgumentException if a split comes after a trade
     * @throws io.partita.positions.PositionRefused if an amount does not fit
     */
    public static Explanation of(Product product, Holding start, Point from, List<? extends PositionEvent> events, Holding end, Point to) {
        if (events.stream().dropWhile(PositionEvent.Split.class::isInstance).anyMatch(PositionEvent.Split.class::isInstance)) {
            throw new IllegalArgumentException("splits come before what else has happened");
        }
        Holding replayed = start.apply(events);
        long total = difference(gain(product, end, to), gain(product, start, from));
        long corrections = difference(gain(product, end, to), gain(product, replayed, to));
        Parts parts = new Parts(product, from, to, start.paidUpFront());
        parts.held(start, events);
        Holding holding = start;
        for (PositionEvent event : events) {
            Holding after = holding.apply(event);
            parts.event(event, holding, after);
            holding = after;
        }
        long explained = difference(sum(sum(parts.price, parts.trades), sum(parts.carry, parts.fx)), parts.fees);
        long residual = difference(difference(total, corrections), explained);
        return new Explanation(parts.price, parts.trades, parts.carry, parts.fx, parts.fees, corrections, residual, total, parts.roundings);
    }

    /** All that a position has gained, in the base currency. */
    private static long gain(Product product, Holding holding, Point at) {
        long worth = worth(product, holding.quantity(), at);
        Gain unrealized = holding.unrealized(worth, at.toBase, Method.AVERAGE);
        return difference(sum(sum(holding.realizedAverage().base(), unrealized.base()), holding.income().base()), holding.fees().base());
    }

    private static long worth(Product product, long quantity, Point at) {
        return quantity == 0 ? 0 : product.worth(quantity, at.price, at.day);
    }

    private static final class Parts {

        private final Product product;
        private final Point from;
        private final Point to;
        private final boolean paid;
        private long price;
        private long trades;
        private long carry;
        private long fx;
        private long fees;
        private long roundings;

        Parts(Product product, Point from, Point to, boolean paid) {
            this.product = product;
            this.from = from;
            this.to = to;
            this.paid = paid;
        }

        private long rounded(Conversion conversion, long amount) {
            roundings++;
            return conversion.of(amount);
        }

        /** What was held at the start, in units of the end. */
        void held(Holding start, List<? extends PositionEvent> events) {
            Holding after = start.apply(events.stream().takeWhile(PositionEvent.Split.class::isInstance).toList());
            long then = start.quantity();
            long now = after.quantity();
            long moved = difference(now == 0 ? 0 : product.value(now, to.price), then == 0 ? 0 : product.value(then, from.price));
            long accrued = difference(product.accrued(now, to.day), product.accrued(then, from.day));
            roundings += 4;
            if (paid) {
                price = rounded(from.toBase, moved);
                carry = rounded(from.toBase, accrued);
                long worth = worth(product, now, to);
                fx = difference(rounded(to.toBase, worth), rounded(from.toBase, worth));
            } else {
                price = rounded(to.toBase, sum(moved, accrued));
                long gain = difference(worth(product, then, from), start.averageCost().local());
                fx = difference(rounded(to.toBase, gain), rounded(from.toBase, gain));
            }
        }

        void event(PositionEvent event, Holding before, Holding after) {
            switch (event) {
                case PositionEvent.Trade trade -> {
                    fees = sum(fees, rounded(trade.toBase(), trade.fee()));
                    traded(trade.quantity(), trade.cash(), trade.toBase(), before, after);
                }
                case PositionEvent.Income income -> carry = sum(carry, rounded(income.toBase(), income.cash()));
                case PositionEvent.Split split -> fraction(split, before, after);
            }
        }

        private void traded(long quantity, long cash, Conversion then, Holding before, Holding after) {
            long worth = worth(product, quantity, to);
            long gained = difference(worth, cash);
            roundings += 2;
            if (paid) {
                trades = sum(trades, rounded(then, gained));
                fx = sum(fx, difference(rounded(to.toBase, worth), rounded(then, worth)));
            } else {
                trades = sum(trades, rounded(to.toBase, gained));
                realized(then, before, after);
            }
        }

        private void realized(Conversion then, Holding before, Holding after) {
            long local = difference(after.realizedAverage().local(), before.realizedAverage().local());
            fx = sum(fx, difference(rounded(then, local), rounded(to.toBase, local)));
        }

        private void fraction(PositionEvent.Split split, Holding before, Holding after) {
            Amount paidOut = netCost(before).minus(netCost(after));
            if (paid) {
                trades = sum(trades, paidOut.base());
            } else {
                trades = sum(trades, rounded(to.toBase, paidOut.local()));
                realized(split.toBase(), before, after);
            }
        }

        /** What was paid in all. */
        private static Amount netCost(Holding holding) {
            return holding.averageCost().minus(new Amount(holding.realizedAverage().local(), holding.realizedAverage().base()));
        }
    }
}
