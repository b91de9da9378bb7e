package io.partita.trading.risk;

/** One security: units held (negative: owed), and in open orders of all its books; the last price seen, and the instrument in whose ticks it is. */
public record PositionView(long security, long units, long openBuys, long openSells, long pricedIn, long mark) {
}
