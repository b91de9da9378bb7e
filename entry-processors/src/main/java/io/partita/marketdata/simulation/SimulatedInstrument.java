package io.partita.marketdata.simulation;

/**
 * How an instrument behaves in normal times.
 *
 * @param start      its first price, in ticks
 * @param volatility deviation of its logarithmic return in a day, as 0.02
 * @param together   correlation of its returns with the market, -1 to 1: two instruments of different sectors have the product of theirs
 * @param sector     those with the same number have more in common; 0 for none
 * @param spread     between bid and ask, in ticks
 * @param trades     a second, on average
 * @param quantity   of a trade, on average
 */
public record SimulatedInstrument(long id, long start, double volatility, double together, int sector, long spread, double trades, long quantity) {

    static final int MOST_SECTORS = 1_000;

    public SimulatedInstrument {
        if (start < 1 || start > 1L << 32 || !(volatility >= 0 && volatility < 1) || !(Math.abs(together) <= 1) || sector < 0 || sector > MOST_SECTORS
                || spread < 1 || !(trades >= 0 && trades <= 1e6) || quantity < 1 || quantity > 1L << 32) {
            throw new IllegalArgumentException("no instrument can be simulated like this: " + id);
        }
    }

    /** Of no sector. */
    public SimulatedInstrument(long id, long start, double volatility, double together, long spread, double trades, long quantity) {
        this(id, start, volatility, together, 0, spread, trades, quantity);
    }
}
