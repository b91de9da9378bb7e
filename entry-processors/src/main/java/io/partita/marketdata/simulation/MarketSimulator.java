package io.partita.marketdata.simulation;

import io.partita.marketdata.ticks.Tick;
import io.partita.marketdata.ticks.Tick.Taker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A market, step by step: each instrument's logarithmic price moves by what the market does and by itself (one factor), as wildly as the regime says, with
 * jumps now and then; then it is quoted and traded. A day begins and ends with an auction, and begins where the night has left it. Chance is drawn
 * anew for each step from the seed and the number of the step, so that a snapshot is small and goes on with the same. Not thread-safe.
 */
public final class MarketSimulator {

    /** A night moves prices as this part of a day does. */
    private static final double NIGHT = 0.25;
    private static final Regime[] REGIMES = Regime.values();

    private final SimulationRules rules;
    private final List<SimulatedInstrument> instruments;
    private final String source;
    private final double[] prices;
    private final long[] sequences;
    private Regime regime = Regime.NORMAL;
    private long steps;
    private long jumps;

    public MarketSimulator(SimulationRules rules, List<SimulatedInstrument> instruments, String source) {
        this.rules = rules;
        this.instruments = List.copyOf(instruments);
        this.source = source;
        prices = instruments.stream().mapToDouble(one -> Math.log(one.start())).toArray();
        sequences = new long[prices.length];
    }

    /** When the next step begins. */
    public long time() {
        return rules.from() + steps / rules.steps() * TimeUnit.DAYS.toNanos(1) + steps % rules.steps() * rules.step();
    }

    public Regime regime() {
        return regime;
    }

    /** How often instruments have jumped. */
    public long jumps() {
        return jumps;
    }

    /** Goes one step on; the ticks of each instrument come in the order of time. */
    public void next(Consumer<Tick> ticks) {
        SplittableRandom random = new SplittableRandom(mixed(rules.seed(), steps));
        long ofDay = steps % rules.steps();
        double part = 1.0 / rules.steps();
        if (random.nextDouble() < rules.changes() * part) {
            regime = REGIMES[random.nextInt(REGIMES.length)];
        }
        double market = random.nextGaussian();
        double deviation = Math.sqrt(ofDay == 0 && steps > 0 ? NIGHT : part);
        for (int i = 0; i < prices.length; i++) {
            move(i, market, deviation, part, random);
            long time = time();
            if (ofDay == 0) {
                auction(i, time, random, ticks);
            }
            quote(i, time, random, ticks);
            trades(i, time, random, ticks);
            if (ofDay == rules.steps() - 1) {
                auction(i, time + rules.step() - 1, random, ticks);
            }
        }
        steps++;
    }

    private static long mixed(long seed, long step) {
        long mixed = (seed ^ step * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        return mixed ^ mixed >>> 29;
    }

    private void move(int i, double market, double deviation, double part, SplittableRandom random) {
        SimulatedInstrument one = instruments.get(i);
        double own = random.nextGaussian();
        double shock = one.together() * market + Math.sqrt(1 - one.together() * one.together()) * own;
        prices[i] += one.volatility() * regime.factor() * deviation * shock;
        if (random.nextDouble() < rules.jumps() * part) {
            prices[i] += rules.jump() * random.nextGaussian();
            jumps++;
        }
        // Nobody trades at less than a spread or more than a price may be.
        prices[i] = Math.max(Math.log(1.0 + one.spread()), Math.min(Math.log(1L << 39), prices[i]));
    }

    private long bid(int i) {
        return Math.round(Math.exp(prices[i]) - instruments.get(i).spread() / 2.0);
    }

    private long quantity(int i, double times, SplittableRandom random) {
        return 1 + Math.min(1L << 36, Math.round(times * random.nextExponential() * (instruments.get(i).quantity() - 1)));
    }

    private void quote(int i, long time, SplittableRandom random, Consumer<Tick> ticks) {
        SimulatedInstrument one = instruments.get(i);
        ticks.accept(new Tick.Quote(one.id(), source, ++sequences[i], time, time, bid(i), quantity(i, 5, random), bid(i) + one.spread(), quantity(i, 5, random)));
    }

    private void trades(int i, long time, SplittableRandom random, Consumer<Tick> ticks) {
        SimulatedInstrument one = instruments.get(i);
        double mean = one.trades() * rules.step() / TimeUnit.SECONDS.toNanos(1) * regime.factor();
        // Exponential times between them, within the step.
        for (double at = random.nextExponential(); at < mean; at += random.nextExponential()) {
            boolean buyer = random.nextBoolean();
            ticks.accept(new Tick.Trade(one.id(), source, ++sequences[i], time + (long) (at / mean * rules.step()), time + (long) (at / mean * rules.step()),
                    bid(i) + (buyer ? one.spread() : 0), quantity(i, 1, random), buyer ? Taker.BUYER : Taker.SELLER));
        }
    }

    /** Much is traded at once, in the middle. */
    private void auction(int i, long time, SplittableRandom random, Consumer<Tick> ticks) {
        SimulatedInstrument one = instruments.get(i);
        ticks.accept(new Tick.Trade(one.id(), source, ++sequences[i], time, time, bid(i) + one.spread() / 2, quantity(i, 1_000, random), Taker.UNKNOWN));
    }

    /** Writes where it stands. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(steps);
        out.writeLong(jumps);
        out.writeByte(regime.ordinal());
        for (int i = 0; i < prices.length; i++) {
            out.writeDouble(prices[i]);
            out.writeLong(sequences[i]);
        }
    }

    /** Goes on where another of the same rules and instruments was written. */
    public void read(DataInput in) throws IOException {
        steps = in.readLong();
        jumps = in.readLong();
        regime = REGIMES[in.readByte()];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = in.readDouble();
            sequences[i] = in.readLong();
        }
    }
}
