package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.ticks.Tick;
import java.util.Optional;

/** Makes observations of one instrument out of ticks, of any length. Not thread-safe. */
final class ObservationBuilder {

    private final long instrument;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long bought;
    private long sold;
    private long bid;
    private long ask;

    ObservationBuilder(long instrument) {
        this.instrument = instrument;
    }

    void add(Tick tick) {
        switch (tick) {
            case Tick.Quote quote -> {
                bid = quote.bid();
                ask = quote.ask();
            }
            case Tick.Trade trade -> {
                open = volume == 0 ? trade.price() : open;
                high = volume == 0 ? trade.price() : Math.max(high, trade.price());
                low = volume == 0 ? trade.price() : Math.min(low, trade.price());
                close = trade.price();
                volume += trade.quantity();
                bought += trade.taker() == Tick.Taker.BUYER ? trade.quantity() : 0;
                sold += trade.taker() == Tick.Taker.SELLER ? trade.quantity() : 0;
            }
        }
    }

    /**
     * Ends a bar, and begins the next one.
     *
     * @param time at which it ends, in nanoseconds since 1970
     * @return nothing if nothing was traded: there is no price to speak of
     */
    Optional<Observation> close(long time) {
        if (volume == 0) {
            return Optional.empty();
        }
        Observation bar = new Observation(instrument, time, open, high, low, close, volume, bid, ask, bought, sold);
        volume = 0;
        bought = 0;
        sold = 0;
        return Optional.of(bar);
    }
}
