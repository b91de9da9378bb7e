package io.partita.positions.explain;

import io.partita.positions.product.Terms;

/**
 * Where a gain came from, in minor units of the base currency. {@code total = price + trades + carry + fx - fees + corrections + residual}.
 *
 * @param price       of what was held at the start, by the move of its clean price
 * @param trades      from the prices of the day's trades to the last one, and fractions paid at splits
 * @param carry       interest that accrued on what was held at the start, and dividends and coupons
 * @param fx          from the move of rates
 * @param fees        of the day's trades
 * @param corrections of what happened before the start, and was told after it
 * @param residual    what rounding leaves
 * @param total       by which the position's gain has grown
 * @param roundings   how many numbers were rounded on the way, each by at most half a minor unit of the base or of the product's currency: the
 *                    residual is no more
 */
public record Explanation(long price, long trades, long carry, long fx, long fees, long corrections, long residual, long total, long roundings) {

    public static final Explanation ZERO = new Explanation(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Explanation plus(Explanation other) {
        return new Explanation(Terms.sum(price, other.price), Terms.sum(trades, other.trades), Terms.sum(carry, other.carry), Terms.sum(fx, other.fx),
                Terms.sum(fees, other.fees), Terms.sum(corrections, other.corrections), Terms.sum(residual, other.residual),
                Terms.sum(total, other.total), roundings + other.roundings);
    }
}
