package io.partita.member.marketdata;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import java.util.List;

/**
 * What somebody follows that pipelines make.
 *
 * @param channel    one that is not of a book
 * @param symbol     {@value #ALL} for the alerts of all
 * @param instrument 0 for all
 * @param size       of bars; null for alerts of all sizes
 * @param names      of indicators; empty for others, and for all that there is
 * @param severity   of the least alert that is told; null for others
 */
record SeriesTopic(Channel channel, String symbol, long instrument, BarSize size, List<String> names, Severity severity) implements FeedSession.Stream {

    static final String ALL = "*";

    /** The same with all indicators: whoever follows some of them shares what is remembered of it. */
    SeriesTopic whole() {
        return new SeriesTopic(channel, symbol, instrument, size, List.of(), severity);
    }

    /** Whether an alert is one of it. */
    boolean covers(AnomalyAlert alert) {
        return channel == Channel.ALERTS && (instrument == 0 || alert.anomaly().instrument() == instrument) && (size == null || alert.size() == size)
                && alert.anomaly().severity().atLeast(severity);
    }
}
