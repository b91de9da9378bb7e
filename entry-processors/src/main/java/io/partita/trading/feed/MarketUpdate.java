package io.partita.trading.feed;

import io.partita.trading.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one command changed for everybody to see; a command that nobody can see has none.
 *
 * @param sequence dense per book, from 1
 * @param time     nanoseconds since 1970
 * @param more     true if the command led to so much that the next update goes on with it
 * @param events   trades and phases in the order in which they happened, and then how the displayed orders stand
 */
public record MarketUpdate(long sequence, long time, boolean more, List<MarketEvent> events) {

    /** More events go into the next update. */
    public static final int MAX_EVENTS = 1_000;

    public MarketUpdate {
        events = List.copyOf(events);
    }

    static MarketUpdate decode(long sequence, ByteBuffer body) {
        long time = Varint.get(body);
        boolean more = body.get() != 0;
        List<MarketEvent> events = new ArrayList<>();
        while (body.hasRemaining()) {
            events.add(MarketEvent.decode(body));
        }
        return new MarketUpdate(sequence, time, more, events);
    }
}
