package io.partita.pipelines.marketdata.simulator;

import io.partita.marketdata.anomaly.Observation;
import io.partita.pipelines.marketdata.anomaly.ObservationBuilder;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes bars out of a simulated market's events: one per instrument and session, or several within it. A bar within a session ends at a multiple of its
 * length; the last one of a session with the closing auction. Not thread-safe.
 */
public final class SimulatedBars implements Consumer<SimulatedEvent> {

    private final long length;
    private final Consumer<Observation> bars;
    private final Map<Long, ObservationBuilder> open = new TreeMap<>();
    private long ends = Long.MAX_VALUE;

    private SimulatedBars(long length, Consumer<Observation> bars) {
        this.length = length;
        this.bars = bars;
    }

    /** One bar per session. */
    public static SimulatedBars ofSessions(Consumer<Observation> bars) {
        return new SimulatedBars(Long.MAX_VALUE, bars);
    }

    /** Bars of so many nanoseconds. */
    public static SimulatedBars of(long nanos, Consumer<Observation> bars) {
        return new SimulatedBars(nanos, bars);
    }

    @Override
    public void accept(SimulatedEvent event) {
        if (event.time() >= ends) {
            open.values().forEach(builder -> builder.close(ends).ifPresent(bars));
            ends = next(event.time());
        }
        switch (event) {
            case SimulatedEvent.Quoted quoted -> bar(quoted.instrument(), quoted.time()).quoted(quoted.bid(), quoted.ask());
            case SimulatedEvent.Traded traded -> {
                ObservationBuilder bar = bar(traded.instrument(), traded.time());
                if (traded.taker() == Side.BUY) {
                    bar.bought(traded.price(), traded.quantity());
                } else {
                    bar.sold(traded.price(), traded.quantity());
                }
            }
            case SimulatedEvent.Uncrossed uncrossed -> bar(uncrossed.instrument(), uncrossed.time()).traded(uncrossed.price(), uncrossed.quantity());
            case SimulatedEvent.PhaseChanged changed -> {
                if (changed.phase() == TradingPhase.CLOSED) {
                    bar(changed.instrument(), changed.time()).close(changed.time()).ifPresent(bars);
                    ends = Long.MAX_VALUE;
                }
            }
            case SimulatedEvent.Indicated _, SimulatedEvent.RegimeBegan _, SimulatedEvent.Jumped _ -> {
                // Nothing was traded.
            }
        }
    }

    private ObservationBuilder bar(long instrument, long time) {
        ends = ends == Long.MAX_VALUE ? next(time) : ends;
        return open.computeIfAbsent(instrument, ObservationBuilder::new);
    }

    private long next(long time) {
        return length == Long.MAX_VALUE ? Long.MAX_VALUE : (Math.floorDiv(time, length) + 1) * length;
    }
}
