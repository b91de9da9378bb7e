package io.partita.trading.risk;

/** One instrument: units held (negative: owed), and in open orders; the last price seen; the last report of its book. */
public record PositionView(long instrument, long units, long openBuys, long openSells, long mark, long applied) {
}
