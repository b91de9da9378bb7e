package io.partita.pipelines.marketdata.simulator;

import io.partita.marketdata.anomaly.Observation;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes one bar per instrument and session out of a simulated market's events, with the last quote and who took how much. Not thread-safe. */
public final class SessionBars implements Consumer<SimulatedEvent> {

    private final Consumer<Observation> bars;
    private final Map<Long, Bar> open = new HashMap<>();

    private static final class Bar {
        private long first;
        private long high = Long.MIN_VALUE;
        private long low = Long.MAX_VALUE;
        private long last;
        private long volume;
        private long bought;
        private long sold;
        private long bid;
        private long ask;

        void traded(long price, long quantity) {
            first = volume == 0 ? price : first;
            high = Math.max(high, price);
            low = Math.min(low, price);
            last = price;
            volume += quantity;
        }
    }

    public SessionBars(Consumer<Observation> bars) {
        this.bars = bars;
    }

    @Override
    public void accept(SimulatedEvent event) {
        switch (event) {
            case SimulatedEvent.Quoted quoted -> {
                Bar bar = bar(quoted.instrument());
                bar.bid = quoted.bid();
                bar.ask = quoted.ask();
            }
            case SimulatedEvent.Traded traded -> {
                Bar bar = bar(traded.instrument());
                bar.traded(traded.price(), traded.quantity());
                bar.bought += traded.taker() == Side.BUY ? traded.quantity() : 0;
                bar.sold += traded.taker() == Side.SELL ? traded.quantity() : 0;
            }
            case SimulatedEvent.Uncrossed uncrossed -> bar(uncrossed.instrument()).traded(uncrossed.price(), uncrossed.quantity());
            case SimulatedEvent.PhaseChanged changed -> {
                if (changed.phase() == TradingPhase.CLOSED) {
                    close(changed.instrument(), changed.time());
                }
            }
            case SimulatedEvent.Indicated _, SimulatedEvent.RegimeBegan _, SimulatedEvent.Jumped _ -> {
                // Nothing was traded.
            }
        }
    }

    private Bar bar(long instrument) {
        return open.computeIfAbsent(instrument, _ -> new Bar());
    }

    private void close(long instrument, long time) {
        Bar bar = open.remove(instrument);
        if (bar != null && bar.volume > 0) {
            bars.accept(new Observation(instrument, time, bar.first, bar.high, bar.low, bar.last, bar.volume, bar.bid, bar.ask, bar.bought,
                    bar.sold));
        }
    }
}
