package io.partita.marketdata.ticks;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.MarketDataListener;
import io.partita.marketdata.ticks.Tick.Taker;
import io.partita.time.EpochNanos;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketUpdate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * A book of the grid as a source of ticks: every trade under its number in the book, and a quote whenever the best bid or ask has changed in continuous trading
 * (in auctions bids may well be above asks). Quotes have no numbers: of those that come quickly the newest is enough. Called by one thread at a time.
 */
public final class BookTicks implements MarketDataListener {

    private static final DepthView.DepthLevel NONE = new DepthView.DepthLevel(0, 0, 0);

    private final String source;
    private final InstantSource clock;
    private final Consumer<Tick> ticks;
    private DepthView.DepthLevel bid = NONE;
    private DepthView.DepthLevel ask = NONE;

    public BookTicks(String source, InstantSource clock, Consumer<Tick> ticks) {
        this.source = source;
        this.clock = clock;
        this.ticks = ticks;
    }

    @Override
    public void began(DepthView view) {
        quote(view, now());
    }

    @Override
    public void updated(DepthView view, List<MarketUpdate> updates) {
        long now = now();
        for (MarketUpdate update : updates) {
            for (MarketEvent event : update.events()) {
                if (event instanceof MarketEvent.Traded(long trade, long price, long quantity, MarketEvent.TradeKind kind)) {
                    ticks.accept(new Tick.Trade(view.instrument(), source, trade, update.time(), now, price, quantity, Taker.of(kind)));
                }
            }
        }
        quote(view, now);
    }

    private void quote(DepthView view, long now) {
        if (view.phase() != TradingPhase.CONTINUOUS || !view.complete()) {
            return;
        }
        DepthView.DepthLevel bidNow = best(view, Side.BUY);
        DepthView.DepthLevel askNow = best(view, Side.SELL);
        if (!same(bid, bidNow) || !same(ask, askNow)) {
            bid = bidNow;
            ask = askNow;
            ticks.accept(new Tick.Quote(view.instrument(), source, 0, view.time(), now, bid.price(), bid.quantity(), ask.price(), ask.quantity()));
        }
    }

    private static DepthView.DepthLevel best(DepthView view, Side side) {
        List<DepthView.DepthLevel> levels = view.depth(side, 1);
        return levels.isEmpty() ? NONE : levels.getFirst();
    }

    private static boolean same(DepthView.DepthLevel one, DepthView.DepthLevel other) {
        return one.price() == other.price() && one.quantity() == other.quantity();
    }

    private long now() {
        Instant now = clock.instant();
        return EpochNanos.of(now);
    }
}
