package io.partita.marketdata.simulation;

import io.partita.marketdata.ticks.Tick;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A market, step by step. An instrument's logarithmic return is its part of the market's, its sector's and its own, as wild as the regime says and as the
 * instrument has been lately, with news now and then, of one or of all; then it is quoted and traded. A day begins and ends with an auction and is livelier then
 * than in between; a third of its variance lies before its opening. Moves have the tails of Student's distribution.
 *
 * <p>Chance is drawn anew for each step from the seed, the number of the step and the instrument, so that a snapshot is small and goes on with the same, and
 * another instrument beside it changes nothing for one. Not thread-safe.
 */
public final class MarketSimulator {

    /** Of a day's variance, before its opening. */
    private static final double OVERNIGHT = 1.0 / 3;
    /** Of all news, before the opening. */
    private static final double OVERNIGHT_NEWS = 0.8;
    /** Size of the market's news, by those of an instrument. */
    private static final double MARKET_NEWS = 0.6;
    private static final long MARKET = -1;
    private static final Regime[] REGIMES = Regime.values();

    private final SimulationRules rules;
    private final List<InstrumentPath> paths;
    private final int sectors;
    private Regime regime = Regime.NORMAL;
    private long steps;
    private long marketJumps;

    public MarketSimulator(SimulationRules rules, List<SimulatedInstrument> instruments, String source) {
        this.rules = rules;
        paths = instruments.stream().map(one -> new InstrumentPath(one, rules, source)).toList();
        sectors = instruments.stream().mapToInt(SimulatedInstrument::sector).max().orElse(0);
    }

    /** When the next step begins. */
    public long time() {
        return rules.from() + steps / rules.steps() * TimeUnit.DAYS.toNanos(1) + steps % rules.steps() * rules.step();
    }

    public Regime regime() {
        return regime;
    }

    /** How often instruments, or the market as a whole, have jumped. */
    public long jumps() {
        return marketJumps + paths.stream().mapToLong(InstrumentPath::jumps).sum();
    }

    /** Goes one step on; the ticks of each instrument come in the order of time. */
    public void next(Consumer<Tick> ticks) {
        InstrumentPath.Moment moment = moment();
        paths.forEach(path -> path.step(moment, ticks));
        steps++;
    }

    private InstrumentPath.Moment moment() {
        Shocks chance = new Shocks(rules.seed(), steps, MARKET);
        long ofDay = steps % rules.steps();
        double part = 1.0 / rules.steps();
        if (chance.happens(rules.changes() * regime.restless() * part)) {
            regime = regime.next(chance.uniform());
        }
        // The mean of its squares over a day is 1.
        double place = 2 * (ofDay + 0.5) * part - 1;
        double lively = Math.sqrt(0.6 + 1.2 * place * place);
        double deviations = Math.sqrt((1 - OVERNIGHT) * part * lively * lively + (ofDay == 0 && steps > 0 ? OVERNIGHT : 0));
        double surprise = rules.jumps() * ((ofDay == 0 ? OVERNIGHT_NEWS : 0) + (1 - OVERNIGHT_NEWS) * part);
        double market = deviations * regime.volatility() * chance.wild() + regime.drift() * part;
        return new InstrumentPath.Moment(steps, time(), ofDay == 0, ofDay == rules.steps() - 1, 1 - ofDay * part, regime, deviations, lively, market,
                sectors(deviations * regime.volatility()), news(chance, surprise), surprise);
    }

    private double[] sectors(double deviations) {
        double[] moves = new double[sectors + 1];
        for (int i = 1; i < moves.length; i++) {
            moves[i] = deviations * new Shocks(rules.seed(), steps, MARKET - i).wild();
        }
        return moves;
    }

    private double news(Shocks chance, double surprise) {
        if (!chance.happens(surprise * regime.alarm())) {
            return 0;
        }
        marketJumps++;
        return chance.news(MARKET_NEWS * rules.jump());
    }

    /** Writes where it stands. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(steps);
        out.writeLong(marketJumps);
        out.writeByte(regime.ordinal());
        for (InstrumentPath path : paths) {
            path.write(out);
        }
    }

    /** Goes on where another of the same rules and instruments was written. */
    public void read(DataInput in) throws IOException {
        steps = in.readLong();
        marketJumps = in.readLong();
        regime = REGIMES[in.readByte()];
        for (InstrumentPath path : paths) {
            path.read(in);
        }
    }
}
