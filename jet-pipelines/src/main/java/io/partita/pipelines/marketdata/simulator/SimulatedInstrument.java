package io.partita.pipelines.marketdata.simulator;

/**
 * What an instrument of a simulated market is like.
 *
 * @param price      of the first day, in ticks
 * @param volatility usual deviation of a day's logarithmic return
 * @param beta       how much of the market's move it makes
 * @param sector     those with the same number have another part of their moves in common
 * @param volume     usual units of a day
 * @param spread     usual difference of offer and bid, relative to the price
 * @param news       chance of a jump of its own in a day
 */
public record SimulatedInstrument(long id, long price, double volatility, double beta, int sector, long volume, double spread, double news) {

    public SimulatedInstrument {
        if (price < 100 || volatility <= 0 || volatility > 0.2 || volume < 1 || spread <= 0 || news < 0 || news > 1) {
            throw new IllegalArgumentException("an instrument has a price of 100 ticks at least, a volatility up to 0.2, a volume and a spread");
        }
    }

    /** A liquid share. */
    public static SimulatedInstrument share(long id, int sector) {
        return new SimulatedInstrument(id, 1_000_000, 0.014, 1, sector, 5_000_000, 3e-4, 0.015);
    }
}
