package io.partita.marketdata.ticks;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.MarketDataListener;
import io.partita.marketdata.ticks.Tick.Taker;
import io.partita.time.EpochNanos;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * A book of the grid as a source of ticks: every trade under its number in the book, and a quote whenever the best bid or ask has changed in continuous trading
 * (in auctions bids may well be above asks). Quotes have no numbers: of those that come quickly the newest is enough. When a view begins anew, or on another member,
 * the trades in between are told that the book still has: of its last 1,000. Called by one thread at a time.
 */
public final class BookTicks implements MarketDataListener {

    private static final DepthView.DepthLevel NONE = new DepthView.DepthLevel(0, 0, 0);

    private final String source;
    private final InstantSource clock;
    private final Past past;
    private final Consumer<Tick> ticks;
    private DepthView.DepthLevel bid = NONE;
    private DepthView.DepthLevel ask = NONE;
    /** The number of the last trade that was told here; negative before the first. */
    private long told = -1;
    /** Up to this number updates after the beginning repeat what was caught up on. */
    private long caughtUp;

    /** What others know of the trades of the book; asked when a view begins, which is tried again if either fails. */
    public interface Past {

        /** The number of the last trade that anybody has told; negative if nobody has told any. */
        long told();

        /** Trades with higher numbers that the book still has, the newest last. */
        List<MarketTrade> after(long trade);
    }

    public BookTicks(String source, InstantSource clock, Past past, Consumer<Tick> ticks) {
        this.source = source;
        this.clock = clock;
        this.past = past;
        this.ticks = ticks;
    }

    @Override
    public void began(DepthView view) {
        long now = now();
        if (told < 0) {
            told = past.told();
        }
        List<MarketTrade> missed = told < 0 ? List.of() : past.after(told);
        missed.forEach(trade -> tell(view.instrument(), trade.trade(), trade.time(), now, trade.price(), trade.quantity(), trade.kind()));
        caughtUp = missed.isEmpty() ? 0 : told;
        quote(view, now);
    }

    private void tell(long instrument, long trade, long time, long now, long price, long quantity, MarketEvent.TradeKind kind) {
        ticks.accept(new Tick.Trade(instrument, source, trade, time, now, price, quantity, Taker.of(kind)));
        told = trade;
    }

    @Override
    public void updated(DepthView view, List<MarketUpdate> updates) {
        long now = now();
        for (MarketUpdate update : updates) {
            for (MarketEvent event : update.events()) {
                if (event instanceof MarketEvent.Traded(long trade, long price, long quantity, MarketEvent.TradeKind kind) && trade > caughtUp) {
                    tell(view.instrument(), trade, update.time(), now, price, quantity, kind);
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
