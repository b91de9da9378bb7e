package io.partita.marketdata.stream;

import java.util.List;

/** What stands at one place of a lane: batches of one or more instruments. */
public record TickPage(List<TickBatch> batches) {

    public TickPage {
        batches = List.copyOf(batches);
    }
}
