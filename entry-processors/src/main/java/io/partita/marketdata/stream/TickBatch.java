package io.partita.marketdata.stream;

import io.partita.marketdata.ticks.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some ticks of one instrument, as they came.
 *
 * @param until all that happened before has been sent, in nanoseconds since 1970, as at the end of a file; 0 if nobody says so
 */
public record TickBatch(long instrument, List<Tick> ticks, long until) {

    public TickBatch {
        ticks = List.copyOf(ticks);
        for (Tick tick : ticks) {
            if (tick.instrument() != instrument) {
                throw new IllegalArgumentException("a batch is of one instrument");
            }
        }
    }

    public static TickBatch of(long instrument, List<Tick> ticks) {
        return new TickBatch(instrument, ticks, 0);
    }

    /** Says that all of an instrument before a moment has been sent. */
    public static TickBatch end(long instrument, long until) {
        return new TickBatch(instrument, List.of(), until);
    }

    /** A batch for each instrument, ticks in the order in which they are given. */
    public static List<TickBatch> byInstrument(List<Tick> ticks) {
        Map<Long, List<Tick>> sorted = new LinkedHashMap<>();
        ticks.forEach(tick -> sorted.computeIfAbsent(tick.instrument(), _ -> new ArrayList<>()).add(tick));
        List<TickBatch> batches = new ArrayList<>(sorted.size());
        sorted.forEach((instrument, each) -> batches.add(of(instrument, each)));
        return batches;
    }
}
