package io.partita.positions;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What settled trades have left an account with in an instrument, at average cost. Amounts are minor units of the instrument's currency.
 *
 * <p>Buying more, or selling more short, adds to the cost; closing takes a part of the cost in proportion, rounded half even to a minor unit, and
 * what was got beyond it is profit. Whatever the rounding, {@code cost - realized} is exactly the cash that was paid less that received, and
 * a position of nothing has no cost. Fees are kept apart.
 *
 * @param quantity bought less sold; negative when short
 * @param cost     what the quantity was bought for; negative when short: what it was sold for
 * @param realized profit of what was closed
 * @param fees     paid, less rebates
 * @param place    of the last trade in it, in the order in which the instrument's trades were settled; 0 for none
 */
public record Position(long account, long instrument, long quantity, long cost, long realized, long fees, long place) {

    /** Nothing yet. */
    public static Position none(long account, long instrument) {
        return new Position(account, instrument, 0, 0, 0, 0, 0);
    }

    /**
     * One party's side of a settled trade.
     *
     * @param place    in the order in which the instrument's trades were settled, from 1
     * @param quantity bought, or sold (negative); 0 if the account traded with itself
     * @param cash     what was paid for it, or received (negative)
     * @param fee      paid, negative for a rebate
     */
    public record Fill(long place, long quantity, long cash, long fee) {
    }

    /** The position after a trade; itself if the trade is in it already. */
    public Position apply(Fill fill) {
        if (fill.place <= place) {
            return this;
        }
        if (quantity == 0 || fill.quantity == 0 || Long.signum(quantity) == Long.signum(fill.quantity)) {
            return new Position(account, instrument, Math.addExact(quantity, fill.quantity), Math.addExact(cost, fill.cash), realized,
                    Math.addExact(fees, fill.fee), fill.place);
        }
        long closed = Math.min(Math.abs(quantity), Math.abs(fill.quantity));
        long cashOfClosed = part(fill.cash, closed, Math.abs(fill.quantity));
        long costOfClosed = part(cost, closed, Math.abs(quantity));
        return new Position(account, instrument, Math.addExact(quantity, fill.quantity),
                Math.addExact(cost - costOfClosed, fill.cash - cashOfClosed),
                Math.subtractExact(realized, Math.addExact(cashOfClosed, costOfClosed)), Math.addExact(fees, fill.fee), fill.place);
    }

    private static long part(long amount, long of, long all) {
        return of == all ? amount : BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(of))
                .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_EVEN).longValueExact();
    }

    /** The same as of a later place, at which one of its trades was undone. */
    public Position at(long laterPlace) {
        return new Position(account, instrument, quantity, cost, realized, fees, laterPlace);
    }

    public PositionKey key() {
        return new PositionKey(account, instrument);
    }
}
