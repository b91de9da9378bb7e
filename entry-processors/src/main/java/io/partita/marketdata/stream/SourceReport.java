package io.partita.marketdata.stream;

import io.partita.marketdata.ticks.Fault;
import io.partita.marketdata.ticks.SourceQuality;
import java.util.ArrayList;
import java.util.List;

/**
 * How good a source is for one instrument, since the job that says so began.
 *
 * @param score        0 to 100
 * @param clock        how long the quickest of its last ticks took, in nanoseconds
 * @param lastReceived when its last tick came, in nanoseconds since 1970
 * @param faults       how many of each {@link Fault}, in their order
 * @param late         trades that came later than bars are corrected
 */
public record SourceReport(String source, long instrument, long received, long used, long missing, double score, long clock, long lastReceived,
                           List<Long> faults, long late) {

    public SourceReport {
        faults = List.copyOf(faults);
    }

    public static SourceReport of(String source, long instrument, SourceQuality quality, long late) {
        List<Long> faults = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            faults.add(quality.count(fault));
        }
        return new SourceReport(source, instrument, quality.received(), quality.used(), quality.missing(), quality.score(), quality.clock(), quality.lastReceived(),
                faults, late);
    }

    public long count(Fault fault) {
        return faults.get(fault.ordinal());
    }

    /** Its key in the map of reports. */
    public String key() {
        return source + '|' + instrument;
    }
}
