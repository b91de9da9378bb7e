package io.partita.marketdata.simulation;

/**
 * How an instrument behaves.
 *
 * @param start      its first price, in ticks
 * @param volatility deviation of its logarithmic return in a day of normal times, as 0.02
 * @param together   correlation of its returns with the market, -1 to 1: two instruments have the product of theirs
 * @param spread     between bid and ask, in ticks
 * @param trades     a second, on average
 * @param quantity   of a trade, on average
 */
public record SimulatedInstrument(long id, long start, double volatility, double together, long spread, double trades, long quantity) {

    public SimulatedInstrument {
        if (start < 1 || start > 1L << 32 || !(volatility >= 0 && volatility < 1) || !(Math.abs(together) <= 1) || spread < 1 || !(trades >= 0 && trades <= 1e6)
                || quantity < 1 || quantity > 1L << 32) {
            throw new IllegalArgumentException("no instrument can be simulated like this: " + id);
        }
    }
}
