package io.partita.pipelines.marketdata;

import com.hazelcast.jet.Util;
import com.hazelcast.jet.pipeline.JournalInitialPosition;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.map.EventJournalMapEvent;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarKey;

/**
 * The bars that the job {@code bars} tells, each time that it tells them, as a source of further jobs. Those of an instrument come in the order in which they were
 * told, from wherever a job's snapshot stands in the journal of the map.
 */
public final class BarSource {

    private BarSource() {
    }

    /** @param from where a job begins that has no snapshot: with all that the journal still has, or with what comes */
    public static StreamSource<TradeBar> bars(JournalInitialPosition from) {
        return Sources.<TradeBar, BarKey, TradeBar>mapJournal(MarketDataNames.BARS, from, EventJournalMapEvent::getNewValue, Util.mapPutEvents());
    }
}
