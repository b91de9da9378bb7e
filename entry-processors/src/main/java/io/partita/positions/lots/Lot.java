package io.partita.positions.lots;

import java.time.LocalDate;

/**
 * What one trade has opened, as far as it is still open.
 *
 * @param trade    the trade's number
 * @param day      when it was made; the holding period counts from then
 * @param quantity negative when short; never 0
 * @param cost     what was paid for it; negative when short: what it was sold for
 */
public record Lot(long trade, LocalDate day, long quantity, Amount cost) {

    Lot less(long closed, Amount costOfClosed) {
        return new Lot(trade, day, quantity - Long.signum(quantity) * closed, cost.minus(costOfClosed));
    }
}
