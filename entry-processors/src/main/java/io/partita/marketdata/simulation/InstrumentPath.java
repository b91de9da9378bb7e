package io.partita.marketdata.simulation;

import io.partita.marketdata.ticks.Tick;
import io.partita.marketdata.ticks.Tick.Taker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where one instrument goes, and how it is quoted and traded there. Not thread-safe. */
final class InstrumentPath {

    /** Of a day's volume, in each auction. */
    private static final double AUCTION_PART = 0.06;
    /** Of what is not the market's, in the variance of an instrument that has a sector. */
    private static final double SECTOR_PART = 0.25;
    /** So much more is traded on a day with news, all of it after they have come. */
    private static final double NEWS_VOLUME = 6;
    private static final double HIGHEST = Math.log(1L << 39);

    private final SimulatedInstrument one;
    private final SimulationRules rules;
    private final String source;
    /** The logarithm of its price. */
    private double price;
    /** Logarithms of how lively it is by itself, in moves and in volume. */
    private double mood;
    private double volumeMood;
    private double busy = 1;
    private long sequence;
    private long jumps;
    private double lastMove;

    /**
     * What happens to all at a step.
     *
     * @param left       of the day, this step too, as a part of it
     * @param deviations of a step, by those of a day
     * @param lively     how much more than in other steps of the day
     * @param market     the market's move, in deviations
     * @param sectors    moves by sector, in deviations
     * @param news       of the market, as a logarithm
     * @param surprise   chance of news of one instrument
     */
    record Moment(long number, long time, boolean first, boolean last, double left, Regime regime, double deviations, double lively, double market, double[] sectors, double news,
                  double surprise) {
    }

    InstrumentPath(SimulatedInstrument one, SimulationRules rules, String source) {
        this.one = one;
        this.rules = rules;
        this.source = source;
        this.price = Math.log(one.start());
    }

    void step(Moment moment, Consumer<Tick> ticks) {
        Shocks chance = new Shocks(rules.seed(), moment.number, one.id());
        if (moment.first) {
            // Moods fade by a tenth a day.
            mood = 0.9 * mood + 0.08 * chance.normal();
            volumeMood = 0.8 * volumeMood + 0.2 * chance.normal();
            busy = 1;
        }
        move(moment, chance);
        double units = one.quantity() * moment.regime.volume() * Math.exp(volumeMood) * busy;
        if (moment.first) {
            auction(moment.time, units, ticks);
        }
        double half = Math.max(0.5, one.spread() * moment.regime.spread() / 2);
        quote(moment.time, half, 5 * units, chance, ticks);
        trades(moment, half, units, chance, ticks);
        if (moment.last) {
            auction(moment.time + rules.step() - 1, units, ticks);
        }
    }

    private void move(Moment moment, Shocks chance) {
        double sector = one.sector() == 0 ? 0 : Math.sqrt(SECTOR_PART);
        double own = sector * moment.sectors[one.sector()] + Math.sqrt((1 - sector * sector) * moment.regime.volatility()) * moment.deviations * chance.wild();
        lastMove = one.volatility() * Math.exp(mood) * (one.together() * moment.market + Math.sqrt(1 - one.together() * one.together()) * own);
        double news = one.together() * moment.news;
        if (chance.happens(moment.surprise)) {
            news += chance.news(rules.jump());
            busy = NEWS_VOLUME / moment.left;
            jumps++;
        }
        // Nobody trades at less than a spread or more than a price may be.
        price = Math.clamp(price + lastMove + news, Math.log(1.0 + one.spread()), HIGHEST);
    }

    private void quote(long time, double half, double units, Shocks chance, Consumer<Tick> ticks) {
        double about = half * chance.around(0.2);
        long bid = Math.max(1, (long) Math.floor(Math.exp(price) - about));
        long ask = Math.max(bid + 1, (long) Math.ceil(Math.exp(price) + about));
        ticks.accept(new Tick.Quote(one.id(), source, ++sequence, time, time, bid, quantity(units * chance.around(0.5)), ask, quantity(units * chance.around(0.5))));
    }

    private void trades(Moment moment, double half, double units, Shocks chance, Consumer<Tick> ticks) {
        double mean = one.trades() * rules.step() / TimeUnit.SECONDS.toNanos(1) * moment.lively;
        double usual = one.volatility() * moment.deviations;
        double buyers = 0.5 + (usual > 0 ? 0.3 * Math.tanh(lastMove / usual) : 0);
        // Exponential times between them, within the step.
        for (double at = chance.exponential(); at < mean; at += chance.exponential()) {
            boolean buyer = chance.happens(buyers);
            long time = moment.time + (long) (at / mean * rules.step());
            ticks.accept(new Tick.Trade(one.id(), source, ++sequence, time, time, Math.max(1, Math.round(Math.exp(price) + (buyer ? half : -half))),
                    quantity(units * chance.around(0.6)), buyer ? Taker.BUYER : Taker.SELLER));
        }
    }

    /** Much is traded at once, in the middle. */
    private void auction(long time, double units, Consumer<Tick> ticks) {
        double day = units * one.trades() * rules.open() / TimeUnit.SECONDS.toNanos(1);
        ticks.accept(new Tick.Trade(one.id(), source, ++sequence, time, time, Math.max(1, Math.round(Math.exp(price))), quantity(AUCTION_PART * day), Taker.UNKNOWN));
    }

    private static long quantity(double units) {
        return Math.clamp(Math.round(units), 1, 1L << 39);
    }

    /** How often it has jumped by itself. */
    long jumps() {
        return jumps;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(price);
        out.writeDouble(mood);
        out.writeDouble(volumeMood);
        out.writeDouble(busy);
        out.writeLong(sequence);
        out.writeLong(jumps);
    }

    void read(DataInput in) throws IOException {
        price = in.readDouble();
        mood = in.readDouble();
        volumeMood = in.readDouble();
        busy = in.readDouble();
        sequence = in.readLong();
        jumps = in.readLong();
    }
}
