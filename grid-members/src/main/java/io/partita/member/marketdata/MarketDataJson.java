package io.partita.member.marketdata;

import io.partita.member.trading.Listing;
import io.partita.time.EpochNanos;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.Bar;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketEvent.TradeKind;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.SessionStatistics;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Market data in the words of JSON, over REST and WebSocket alike. Prices are decimal strings in the instrument's currency, times ISO 8601;
 * what is not there is left out.
 */
final class MarketDataJson {

    /** More digits of a volume-weighted average price than prices have. */
    private static final int AVERAGE_DIGITS = 4;

    private MarketDataJson() {
    }

    /** A price and what is displayed there; without a price for orders at any price. */
    @Schema(name = "Level")
    record Level(String price, long quantity) {
    }

    /** The figures of a session. */
    @Schema(name = "Session")
    record Session(String open, String high, String low, String last, String previousClose,
                   @Schema(description = "volume-weighted average price") String vwap, long volume, String turnover, long trades) {

        static Session of(Listing listing, SessionStatistics session) {
            int scale = listing.priceScale();
            return new Session(decimal(listing, session.open()), decimal(listing, session.high()), decimal(listing, session.low()),
                    decimal(listing, session.last()), decimal(listing, session.previousClose()), session.volume() == 0 ? null
                    : new BigDecimal(session.turnover(), scale).divide(BigDecimal.valueOf(session.volume()), scale + AVERAGE_DIGITS, RoundingMode.HALF_EVEN)
                    .toPlainString(), session.volume(), new BigDecimal(session.turnover(), scale).toPlainString(), session.trades());
        }
    }

    /** The best of a book, and how it trades. */
    @Schema(name = "MarketData")
    record Top(String symbol, String currency, long sequence, String time, TradingPhase phase, String lastPrice, String referencePrice, Level bid,
               Level offer, @Schema(description = "in auctions: at which the book would uncross now") String indicativePrice,
               Long indicativeQuantity, Session session, boolean stale) {

        static Top of(Listing listing, MarketView view) {
            List<Level> bids = levels(listing, view.bids());
            List<Level> offers = levels(listing, view.offers());
            return new Top(listing.symbol(), listing.currency(), view.sequence(), iso(view.time()), view.phase(), decimal(listing, view.lastPrice()),
                    decimal(listing, view.referencePrice()), bids.isEmpty() ? null : bids.getFirst(), offers.isEmpty() ? null : offers.getFirst(),
                    decimal(listing, view.indicativePrice()), view.indicativePrice() == 0 ? null : view.indicativeQuantity(),
                    Session.of(listing, view.session()), view.stale());
        }
    }

    /** A book by levels, the best first. */
    @Schema(name = "Depth")
    record Depth(String symbol, long sequence, String time, TradingPhase phase, List<Level> bids, List<Level> offers, boolean stale) {

        static Depth of(Listing listing, MarketView view) {
            return new Depth(listing.symbol(), view.sequence(), iso(view.time()), view.phase(), levels(listing, view.bids()),
                    levels(listing, view.offers()), view.stale());
        }
    }

    /** A displayed order. */
    @Schema(name = "DisplayedOrder")
    record ShownOrder(String orderId, Side side, String price, long quantity) {
    }

    /** A book by orders, the first to trade first. */
    @Schema(name = "DisplayedOrders")
    record ShownOrders(String symbol, long sequence, String time, TradingPhase phase, List<ShownOrder> orders) {
    }

    /** A trade. */
    @Schema(name = "Trade")
    record Trade(String tradeId, String time, String price, long quantity, TradeKind kind) {

        static Trade of(Listing listing, MarketTrade trade) {
            return new Trade(Long.toString(trade.trade()), iso(trade.time()), decimal(listing, trade.price()), trade.quantity(), trade.kind());
        }
    }

    /** The trades of a minute. */
    @Schema(name = "Bar")
    record BarRow(String start, String open, String high, String low, String close, long volume, int trades) {

        static BarRow of(Listing listing, Bar bar) {
            return new BarRow(iso(bar.start()), decimal(listing, bar.open()), decimal(listing, bar.high()), decimal(listing, bar.low()),
                    decimal(listing, bar.close()), bar.volume(), bar.trades());
        }
    }

    /** One thing that everybody may see; which members there are depends on the event. */
    @Schema(name = "MarketEvent")
    record Event(String event, String orderId, Side side, String price, Long quantity, String tradeId, TradeKind kind, TradingPhase phase) {

        static Event of(Listing listing, MarketEvent event) {
            return switch (event) {
                case MarketEvent.Shown shown -> new Event("SHOWN", Long.toString(shown.order()), shown.side(), decimal(listing, shown.price()),
                        shown.quantity(), null, null, null);
                case MarketEvent.Resized resized -> new Event("RESIZED", Long.toString(resized.order()), null, null, resized.quantity(), null, null, null);
                case MarketEvent.Gone gone -> new Event("GONE", Long.toString(gone.order()), null, null, null, null, null, null);
                case MarketEvent.Traded traded -> new Event("TRADED", null, null, decimal(listing, traded.price()), traded.quantity(),
                        Long.toString(traded.trade()), traded.kind(), null);
                case MarketEvent.PhaseChanged changed -> new Event("PHASE_CHANGED", null, null, decimal(listing, changed.price()),
                        changed.quantity() == 0 ? null : changed.quantity(), null, null, changed.phase());
                case MarketEvent.ReferenceChanged changed -> new Event("REFERENCE_CHANGED", null, null, decimal(listing, changed.price()),
                        null, null, null, null);
            };
        }
    }

    /** What one command changed. */
    @Schema(name = "MarketUpdate")
    record Update(long sequence, String time, @Schema(description = "true if the next update goes on with the same command") boolean more,
                  List<Event> events) {

        static Update of(Listing listing, MarketUpdate update) {
            return new Update(update.sequence(), iso(update.time()), update.more(),
                    update.events().stream().map(event -> Event.of(listing, event)).toList());
        }
    }

    /** Updates that follow each other. */
    @Schema(name = "Replay")
    record Replay(String symbol, long from, long to, List<Update> updates) {
    }

    /** Null for none. */
    static String decimal(Listing listing, long ticks) {
        return ticks == 0 ? null : listing.price(ticks).toPlainString();
    }

    static String iso(long nanos) {
        return EpochNanos.instant(nanos).toString();
    }

    private static List<Level> levels(Listing listing, long[] side) {
        List<Level> levels = new ArrayList<>(side.length / 2);
        for (int i = 0; i < side.length; i += 2) {
            levels.add(new Level(decimal(listing, side[i]), side[i + 1]));
        }
        return levels;
    }
}
