package io.partita.pipelines.positions;

import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.ticks.Tick;
import io.partita.positions.live.LiveMark;
import io.partita.positions.product.Price;
import java.io.Serializable;
import java.math.BigDecimal;

/** The last trade of an instrument, on its way between stages. @param price in ticks */
record Traded(long instrument, long price, long time, long number, long received, String source) implements Serializable {

    static Traded of(Tick.Trade trade) {
        return new Traded(trade.instrument(), trade.price(), trade.time(), trade.sequence(), trade.received(), trade.source());
    }

    LiveMark mark(MarketInstrument of) {
        return new LiveMark(of.symbol(), new Price(BigDecimal.valueOf(price, of.priceScale())), time, number, received, source);
    }
}
