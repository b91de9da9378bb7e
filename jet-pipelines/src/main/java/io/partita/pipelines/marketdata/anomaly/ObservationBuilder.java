package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;

/** Makes observations of one instrument out of trades and quotes. Not thread-safe. */
public final class ObservationBuilder implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

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

    public ObservationBuilder(long instrument) {
        this.instrument = instrument;
    }

    /** The best prices now; 0 for a side that has none. */
    public void quoted(long newBid, long newAsk) {
        bid = newBid;
        ask = newAsk;
    }

    /** A trade that a buyer took. */
    public void bought(long price, long quantity) {
        traded(price, quantity);
        bought += quantity;
    }

    /** A trade that a seller took. */
    public void sold(long price, long quantity) {
        traded(price, quantity);
        sold += quantity;
    }

    /** A trade of an auction or a cross, which neither took, or of which it is not known who did. */
    public void traded(long price, long quantity) {
        open = volume == 0 ? price : open;
        high = volume == 0 ? price : Math.max(high, price);
        low = volume == 0 ? price : Math.min(low, price);
        close = price;
        volume += quantity;
    }

    /**
     * Ends a bar, and begins the next one.
     *
     * @param time at which it ends, in nanoseconds since 1970
     * @return nothing if nothing was traded: there is no price to speak of
     */
    public Optional<Observation> close(long time) {
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
