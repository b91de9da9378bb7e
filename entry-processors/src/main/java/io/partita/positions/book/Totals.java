package io.partita.positions.book;

import io.partita.positions.PositionRefusal;
import io.partita.positions.lots.Gain;
import io.partita.positions.product.Terms;

/**
 * Sums over positions, in minor units of the base currency. Positions without a price are counted and are in no sum but those of what is past;
 * those without a rate in none.
 *
 * @param worth        of what was paid for at once, interest included; of what was not, its gain
 * @param exposure     the sum of the absolute worths, of futures and forwards that of what they are on
 * @param realized     gain of what was closed
 * @param realizedFx   how much of it came from rates alone
 * @param unrealized   gain of what is open
 * @param unrealizedFx how much of it came from rates alone
 * @param fees         paid, less rebates
 * @param income       dividends and coupons
 * @param positions    how many there are
 * @param unpriced     how many of them have no price or no rate
 */
public record Totals(long worth, long exposure, long realized, long realizedFx, long unrealized, long unrealizedFx, long fees, long income,
                     int positions, int unpriced) {

    public static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a position adds. */
    public static Totals of(Valued valued) {
        Gain realized = valued.realized();
        if (valued.missing() == PositionRefusal.MISSING_RATE) {
            // Nothing is known in the base currency.
            return new Totals(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
        }
        long fees = valued.fees().base();
        long income = valued.income().base();
        return valued.priced()
                ? new Totals(valued.asset(), valued.exposure(), realized.base(), realized.fx(), valued.unrealized().base(), valued.unrealized().fx(),
                        fees, income, 1, 0)
                : new Totals(0, 0, realized.base(), realized.fx(), 0, 0, fees, income, 1, 1);
    }

    public Totals plus(Totals other) {
        return new Totals(Terms.sum(worth, other.worth), Terms.sum(exposure, other.exposure), Terms.sum(realized, other.realized),
                Terms.sum(realizedFx, other.realizedFx), Terms.sum(unrealized, other.unrealized), Terms.sum(unrealizedFx, other.unrealizedFx),
                Terms.sum(fees, other.fees), Terms.sum(income, other.income), Math.addExact(positions, other.positions),
                Math.addExact(unpriced, other.unpriced));
    }

    public Totals minus(Totals other) {
        return new Totals(Terms.difference(worth, other.worth), Terms.difference(exposure, other.exposure), Terms.difference(realized, other.realized),
                Terms.difference(realizedFx, other.realizedFx), Terms.difference(unrealized, other.unrealized), Terms.difference(unrealizedFx, other.unrealizedFx),
                Terms.difference(fees, other.fees), Terms.difference(income, other.income), Math.subtractExact(positions, other.positions),
                Math.subtractExact(unpriced, other.unpriced));
    }

    /** All that was gained: realized, unrealized and income, less fees. */
    public long gain() {
        return Terms.difference(Terms.sum(Terms.sum(realized, unrealized), income), fees);
    }
}
