package io.partita.pipelines.marketdata.simulator;

import io.partita.trading.Side;
import io.partita.trading.TradingPhase;

/** What happens in a simulated market, or, for those who judge detectors, why. Prices are ticks, times nanoseconds since 1970. */
public sealed interface SimulatedEvent {

    long time();

    /** The best of both sides. */
    record Quoted(long instrument, long time, long bid, long bidQuantity, long ask, long askQuantity) implements SimulatedEvent {
    }

    /** Somebody took. */
    record Traded(long instrument, long time, long price, long quantity, Side taker) implements SimulatedEvent {
    }

    /** The price at which an auction would uncross now. */
    record Indicated(long instrument, long time, long price, long quantity) implements SimulatedEvent {
    }

    /** An auction is over. */
    record Uncrossed(long instrument, long time, TradingPhase auction, long price, long quantity) implements SimulatedEvent {
    }

    record PhaseChanged(long instrument, long time, TradingPhase phase) implements SimulatedEvent {
    }

    /** Truth: how the day is. */
    record RegimeBegan(long time, Regime regime) implements SimulatedEvent {
    }

    /**
     * Truth: news.
     *
     * @param instrument 0 for the whole market
     * @param size       in logarithmic price
     */
    record Jumped(long instrument, long time, double size) implements SimulatedEvent {
    }
}
