package io.partita.pipelines.marketdata.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A market that a seed makes: the same seed, settings and instruments give the same events. A day's logarithmic return of an instrument is
 * its part of the market's, its sector's and its own, scaled by the regime of the day and by how excited the instrument itself is, and jumps.
 * A third of a day's variance lies before its opening; within the day, beginning and end are livelier. Each instrument has chances of its own, so
 * that another one beside it changes nothing for it. Not thread-safe.
 */
public final class MarketSimulator {

    private static final long DAY = 86_400_000_000_000L;
    /** Part of an instrument's variance that is the market's, and its sector's. */
    private static final double MARKET_PART = 0.35;
    private static final double SECTOR_PART = 0.15;
    private static final double OVERNIGHT = 1.0 / 3;
    private static final double MARKET_NEWS = 0.03;

    private final Session session;
    private final Shocks market;
    private final Shocks[] sectors;
    private final List<SimulatedDay> instruments = new ArrayList<>();
    private Regime regime = Regime.CALM;
    private long midnight;

    /**
     * When trading is, and how finely it is made.
     *
     * @param open    nanoseconds after midnight at which the opening auction uncrosses
     * @param close   nanoseconds after midnight at which continuous trading ends
     * @param auction nanoseconds that an auction takes
     * @param steps   steps from opening to close
     * @param trades  trades of an instrument in a step, on average
     */
    public record Session(long open, long close, long auction, int steps, double trades) {

        private static final long MINUTE = 60_000_000_000L;

        /** From 14:30 to 21:00 in steps of half an hour. */
        public static final Session HALF_HOURS = new Session(870 * MINUTE, 1260 * MINUTE, 5 * MINUTE, 13, 3);
        /** The same hours in steps of a second. */
        public static final Session SECONDS = new Session(870 * MINUTE, 1260 * MINUTE, 5 * MINUTE, 390 * 60, 1);

        public Session {
            if (open < auction || close <= open || close + auction > DAY || steps < 1 || trades <= 0) {
                throw new IllegalArgumentException("a session and its auctions lie within a day");
            }
        }

        /** How lively a step is: the mean of the squares over all steps is 1. */
        double lively(int step) {
            double place = 2 * (step + 0.5) / steps - 1;
            return Math.sqrt((0.6 + 1.2 * place * place));
        }
    }

    /** @param firstDay midnight of the first day, in nanoseconds since 1970 */
    public MarketSimulator(List<SimulatedInstrument> listed, Session session, long firstDay, long seed) {
        this.session = session;
        this.midnight = firstDay;
        this.market = new Shocks(seed, -1);
        this.sectors = new Shocks[1 + listed.stream().mapToInt(SimulatedInstrument::sector).max().orElse(0)];
        for (int i = 0; i < sectors.length; i++) {
            sectors[i] = new Shocks(seed, -2 - i);
        }
        listed.forEach(instrument -> instruments.add(new SimulatedDay(instrument, session, new Shocks(seed, instrument.id()))));
    }

    /** Makes a day, in the order of time; the next call makes the next one, without weekends or holidays. */
    public void day(Consumer<SimulatedEvent> events) {
        inOrder(events, stage -> {
            stage.accept(new SimulatedEvent.RegimeBegan(midnight, regime));
            instruments.forEach(instrument -> instrument.begin(midnight, regime, stage));
            move(Math.sqrt(OVERNIGHT), 0);
            news(stage);
            instruments.forEach(instrument -> instrument.open(stage));
        });
        double deviations = Math.sqrt((1 - OVERNIGHT) / session.steps());
        for (int i = 0; i < session.steps(); i++) {
            int step = i;
            move(deviations * session.lively(step), regime.drift() / session.steps());
            inOrder(events, stage -> instruments.forEach(instrument -> instrument.trade(step, stage)));
        }
        inOrder(events, stage -> instruments.forEach(instrument -> instrument.close(stage)));
        regime = regime.next(market.uniform());
        midnight += DAY;
    }

    /** Instruments speak one after the other; a stage of the day is told in the order of time. */
    private static void inOrder(Consumer<SimulatedEvent> events, Consumer<Consumer<SimulatedEvent>> stage) {
        List<SimulatedEvent> said = new ArrayList<>();
        stage.accept(said::add);
        said.sort(Comparator.comparingLong(SimulatedEvent::time));
        said.forEach(events);
    }

    /** Everything moves by its part of what is common and what is its own. */
    private void move(double deviations, double drift) {
        double common = Math.sqrt(MARKET_PART) * (deviations * market.wild() * regime.volatility() + drift);
        double[] shared = new double[sectors.length];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = Math.sqrt(SECTOR_PART) * deviations * sectors[i].wild() * regime.volatility();
        }
        double own = Math.sqrt(1 - MARKET_PART - SECTOR_PART) * deviations * Math.sqrt(regime.volatility());
        instruments.forEach(instrument -> instrument.move(common, shared[instrument.sector()], own));
    }

    private void news(Consumer<SimulatedEvent> events) {
        double size = market.happens(regime.jumps()) ? market.news(MARKET_NEWS) : 0;
        if (size != 0) {
            events.accept(new SimulatedEvent.Jumped(0, midnight + session.open(), size));
        }
        instruments.forEach(instrument -> instrument.news(size, events));
    }
}
