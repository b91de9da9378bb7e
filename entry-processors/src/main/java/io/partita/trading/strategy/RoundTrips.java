package io.partita.trading.strategy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The times that a position was opened and closed again: a fill that leads beyond zero closes one and opens the next. */
record RoundTrips(int count, int won) {

    /** An open position and what it has earned: sales less purchases less commission. */
    private static final class Open {
        private long position;
        private long earned;
    }

    static RoundTrips of(List<Fill> fills) {
        Map<Integer, Open> open = new HashMap<>();
        int count = 0;
        int won = 0;
        for (Fill fill : fills) {
            Open trip = open.computeIfAbsent(fill.instrument(), key -> new Open());
            long bought = fill.bought();
            boolean closes = trip.position != 0 && Long.signum(trip.position) != Long.signum(bought) && Math.abs(bought) >= Math.abs(trip.position);
            long part = closes ? -trip.position : bought;
            // The commission of a fill that does both goes with what it closes.
            trip.earned = Math.subtractExact(trip.earned, Math.addExact(Math.multiplyExact(fill.price(), part), fill.commission()));
            trip.position += part;
            if (closes) {
                count++;
                won += trip.earned > 0 ? 1 : 0;
                trip.position = bought - part;
                trip.earned = -Math.multiplyExact(fill.price(), bought - part);
            }
        }
        return new RoundTrips(count, won);
    }
}
