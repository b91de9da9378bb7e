package io.partita.console.trading;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.DepthView.DepthLevel;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.Bar;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.SessionStatistics;
import io.partita.trading.feed.TradeHistory;
import java.util.List;

/** A book at a moment, as a page shows it. */
record MarketState(long sequence, TradingPhase phase, long lastPrice, long referencePrice, SessionStatistics session, List<DepthLevel> bids,
                   List<DepthLevel> offers, List<MarketTrade> trades, List<Bar> bars) {

    static final int LEVELS = 12;
    static final int TRADES = 30;

    static MarketState of(DepthView view, TradeHistory history) {
        return new MarketState(view.sequence(), view.phase(), view.lastPrice(), view.referencePrice(), view.session(), view.depth(Side.BUY, LEVELS),
                view.depth(Side.SELL, LEVELS), history.trades(0, TRADES), history.bars(TradeHistory.MAX_BARS));
    }
}
