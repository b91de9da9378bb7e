package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.bars.CorporateAction;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * All bars of a time, and what people want to hear of them.
 *
 * @param time       at which the bars end, in nanoseconds since 1970
 * @param start      at which they begin
 * @param bars       one per instrument
 * @param thresholds by instrument, where they are not as usual
 * @param actions    of companies, by instrument, of the last {@link #DAYS} days up to {@code start}; prices are ticks
 */
public record Moment(long time, long start, List<Observation> bars, Map<Long, Thresholds> thresholds, List<Silence> silences,
                     Map<Long, List<CorporateAction>> actions) implements Serializable {

    /** An instrument that was not traded for longer has no usual price any more. */
    static final int DAYS = 30;

    @Serial
    private static final long serialVersionUID = 1;

    /** Without corporate actions. */
    public Moment(long time, List<Observation> bars, Map<Long, Thresholds> thresholds, List<Silence> silences) {
        this(time, time, bars, thresholds, silences, Map.of());
    }

    Thresholds thresholds(long instrument) {
        return thresholds.getOrDefault(instrument, Thresholds.standard());
    }
}
