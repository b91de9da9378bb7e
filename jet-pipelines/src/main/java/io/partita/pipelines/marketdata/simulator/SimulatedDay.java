package io.partita.pipelines.marketdata.simulator;

import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import java.util.function.Consumer;

/** One instrument's days. Not thread-safe. */
final class SimulatedDay {

    /** Of a day's volume, in each auction. */
    private static final double AUCTION_PART = 0.06;
    private static final double NEWS = 0.08;
    /** So much more is traded on a day with news. */
    private static final double NEWS_VOLUME = 6;
    private static final int INDICATIONS = 4;

    private final SimulatedInstrument instrument;
    private final MarketSimulator.Session session;
    private final Shocks chance;
    private double price;
    /** Logarithm of how lively the instrument is, apart from the market. */
    private double mood;
    private double volumeMood;
    private double lastMove;
    private long midnight;
    private Regime regime = Regime.CALM;
    private double units;

    SimulatedDay(SimulatedInstrument instrument, MarketSimulator.Session session, Shocks chance) {
        this.instrument = instrument;
        this.session = session;
        this.chance = chance;
        this.price = instrument.price();
    }

    int sector() {
        return instrument.sector();
    }

    void begin(long dayBegins, Regime now, Consumer<SimulatedEvent> events) {
        midnight = dayBegins;
        regime = now;
        // Moods fade by a tenth a day.
        mood = 0.9 * mood + 0.08 * chance.normal();
        volumeMood = 0.8 * volumeMood + 0.2 * chance.normal();
        units = instrument.volume() * regime.volume() * Math.exp(volumeMood);
        phase(session.open() - session.auction(), TradingPhase.OPENING_AUCTION, events);
    }

    void move(double common, double shared, double own) {
        lastMove = instrument.volatility() * Math.exp(mood) * (instrument.beta() * common + shared + own * chance.wild());
        price = Math.max(10, price * Math.exp(lastMove));
    }

    void news(double ofMarket, Consumer<SimulatedEvent> events) {
        double size = ofMarket * instrument.beta();
        if (chance.happens(instrument.news())) {
            double own = chance.news(NEWS);
            events.accept(new SimulatedEvent.Jumped(instrument.id(), midnight + session.open(), own));
            units *= NEWS_VOLUME;
            size += own;
        }
        price *= Math.exp(size);
    }

    void open(Consumer<SimulatedEvent> events) {
        auction(session.open(), TradingPhase.OPENING_AUCTION, events);
        phase(session.open(), TradingPhase.CONTINUOUS, events);
        quote(session.open(), events);
    }

    void close(Consumer<SimulatedEvent> events) {
        phase(session.close(), TradingPhase.CLOSING_AUCTION, events);
        auction(session.close() + session.auction(), TradingPhase.CLOSING_AUCTION, events);
        phase(session.close() + session.auction(), TradingPhase.CLOSED, events);
    }

    private void auction(long at, TradingPhase auction, Consumer<SimulatedEvent> events) {
        long quantity = quantity(units * AUCTION_PART);
        for (int i = 1; i <= INDICATIONS; i++) {
            // Indications come nearer to what it will be.
            double error = instrument.volatility() * 0.3 * (INDICATIONS - i) / INDICATIONS * chance.normal();
            events.accept(new SimulatedEvent.Indicated(instrument.id(), midnight + at - session.auction() * (INDICATIONS - i + 1) / (INDICATIONS + 1),
                    Math.max(1, Math.round(price * Math.exp(error))), quantity(quantity * i / (INDICATIONS + 1.0))));
        }
        events.accept(new SimulatedEvent.Uncrossed(instrument.id(), midnight + at, auction, Math.round(price), quantity));
    }

    void trade(int step, Consumer<SimulatedEvent> events) {
        long length = (session.close() - session.open()) / session.steps();
        long begins = session.open() + step * length;
        double lively = session.lively(step);
        double expected = session.trades() * lively;
        int trades = (int) expected + (chance.happens(expected - (int) expected) ? 1 : 0);
        double each = units * (1 - 2 * AUCTION_PART) / (session.steps() * session.trades());
        double buyers = 0.5 + 0.3 * Math.tanh(lastMove / instrument.volatility() * Math.sqrt(session.steps()));
        for (int i = 0; i < trades; i++) {
            long time = begins + length * (i + 1) / (trades + 2);
            boolean buys = chance.happens(buyers);
            events.accept(new SimulatedEvent.Traded(instrument.id(), midnight + time, Math.max(1, Math.round(price + (buys ? half() : -half()))),
                    quantity(each * chance.around(0.6)), buys ? Side.BUY : Side.SELL));
        }
        quote(begins + length - 1, events);
    }

    private double half() {
        return Math.max(0.5, price * instrument.spread() * regime.spread() / 2);
    }

    private void quote(long at, Consumer<SimulatedEvent> events) {
        double half = half() * chance.around(0.2);
        long bid = Math.max(1, (long) Math.floor(price - half));
        double shown = units / session.steps() / 20;
        events.accept(new SimulatedEvent.Quoted(instrument.id(), midnight + at, bid, quantity(shown * chance.around(0.5)),
                Math.max(bid + 1, (long) Math.ceil(price + half)), quantity(shown * chance.around(0.5))));
    }

    private void phase(long at, TradingPhase phase, Consumer<SimulatedEvent> events) {
        events.accept(new SimulatedEvent.PhaseChanged(instrument.id(), midnight + at, phase));
    }

    private static long quantity(double units) {
        return Math.max(1, Math.round(units));
    }
}
