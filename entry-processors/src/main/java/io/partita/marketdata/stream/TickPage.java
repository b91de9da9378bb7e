package io.partita.marketdata.stream;

import java.util.List;

/**
 * What stands at one place of a lane: batches of one or more instruments.
 *
 * @param trace the place in a trace as part of which they were sent; null if none is recorded
 */
public record TickPage(List<TickBatch> batches, String trace) {

    public TickPage {
        batches = List.copyOf(batches);
    }
}
