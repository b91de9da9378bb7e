package io.partita.member.marketdata;

import io.partita.marketdata.DepthView;
import io.partita.member.trading.Listing;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.MarketView;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The messages of {@code /ws/market-data} as text; docs/trading.md describes them. Thread-safe. */
final class FeedMessages {

    private static final int LEVELS = 10;

    private final JsonMapper json;

    FeedMessages(JsonMapper json) {
        this.json = json;
    }

    record Subscribed(String type, String symbol, List<Channel> channels) {
    }

    record Error(String type, FeedError code, String detail, String symbol) {
    }

    record Heartbeat(String type, String time) {
    }

    record Gap(String type, String symbol, Channel channel) {
    }

    record Top(Channel type, String symbol, long sequence, String time, TradingPhase phase, String lastPrice, MarketDataJson.Level bid,
               MarketDataJson.Level offer) {
    }

    record Levels(Channel type, Boolean snapshot, String symbol, Long after, long sequence, String time, List<MarketDataJson.Level> bids,
                  List<MarketDataJson.Level> offers) {
    }

    record Orders(Channel type, Boolean snapshot, String symbol, Long after, long sequence, String chain, String time,
                  List<MarketDataJson.ShownOrder> orders, List<MarketDataJson.Update> updates) {
    }

    record Trades(Channel type, Boolean snapshot, String symbol, List<MarketDataJson.Trade> trades) {
    }

    record Statistics(Channel type, String symbol, long sequence, String time, TradingPhase phase, String referencePrice, String indicativePrice,
                      Long indicativeQuantity, MarketDataJson.Session session) {
    }

    private String text(Object message) {
        return json.writeValueAsString(message);
    }

    String subscribed(String symbol, List<Channel> channels) {
        return text(new Subscribed(channels.isEmpty() ? "UNSUBSCRIBED" : "SUBSCRIBED", symbol, channels));
    }

    String error(FeedError code, String detail, String symbol) {
        return text(new Error("ERROR", code, detail, symbol));
    }

    String heartbeat(long nanos) {
        return text(new Heartbeat("HEARTBEAT", MarketDataJson.iso(nanos)));
    }

    String gap(Listing listing, Channel channel) {
        return text(new Gap("GAP", listing.symbol(), channel));
    }

    /** What a state channel says now. */
    String state(Listing listing, DepthView view, Channel channel) {
        return text(switch (channel) {
            case L1 -> new Top(channel, listing.symbol(), view.sequence(), MarketDataJson.iso(view.time()), view.phase(),
                    MarketDataJson.decimal(listing, view.lastPrice()), best(listing, view, Side.BUY), best(listing, view, Side.SELL));
            case L2 -> new Levels(channel, null, listing.symbol(), null, view.sequence(), MarketDataJson.iso(view.time()),
                    levels(listing, view, Side.BUY, LEVELS), levels(listing, view, Side.SELL, LEVELS));
            case STATS -> statistics(listing, view, null, null);
            default -> throw new IllegalArgumentException(channel.name());
        });
    }

    /** The figures of an auction: the indication does not follow from what is displayed, so the book was asked. */
    String auction(Listing listing, DepthView view, MarketView asked) {
        return text(statistics(listing, view, MarketDataJson.decimal(listing, asked.indicativePrice()),
                asked.indicativePrice() == 0 ? null : asked.indicativeQuantity()));
    }

    private static Statistics statistics(Listing listing, DepthView view, String indicativePrice, Long indicativeQuantity) {
        return new Statistics(Channel.STATS, listing.symbol(), view.sequence(), MarketDataJson.iso(view.time()), view.phase(),
                MarketDataJson.decimal(listing, view.referencePrice()), indicativePrice, indicativeQuantity, MarketDataJson.Session.of(listing, view.session()));
    }

    /** What another channel begins with. */
    String snapshot(Listing listing, DepthView view, List<MarketTrade> trades, Channel channel) {
        return text(switch (channel) {
            case L2FULL -> new Levels(channel, true, listing.symbol(), null, view.sequence(), MarketDataJson.iso(view.time()),
                    levels(listing, view, Side.BUY, Integer.MAX_VALUE), levels(listing, view, Side.SELL, Integer.MAX_VALUE));
            case L3 -> new Orders(channel, true, listing.symbol(), null, view.sequence(), chain(view.chain()), MarketDataJson.iso(view.time()),
                    orders(listing, view), null);
            case TRADES -> new Trades(channel, true, listing.symbol(), trades(listing, trades));
            default -> throw new IllegalArgumentException(channel.name());
        });
    }

    /** The levels that a batch touched, which the view has been through. */
    String levels(Listing listing, DepthView view, long after) {
        List<MarketDataJson.Level> bids = new ArrayList<>();
        List<MarketDataJson.Level> offers = new ArrayList<>();
        for (DepthView.Place place : view.touched()) {
            (place.side() == Side.BUY ? bids : offers).add(level(listing, view.level(place.side(), place.price())));
        }
        return text(new Levels(Channel.L2FULL, null, listing.symbol(), after, view.sequence(), MarketDataJson.iso(view.time()), bids, offers));
    }

    /** Updates; the chain is that at the last of them. */
    String updates(Listing listing, List<MarketUpdate> updates, long chain) {
        MarketUpdate last = updates.getLast();
        return text(new Orders(Channel.L3, null, listing.symbol(), updates.getFirst().sequence() - 1, last.sequence(), chain(chain),
                MarketDataJson.iso(last.time()), null, updates.stream().map(update -> MarketDataJson.Update.of(listing, update)).toList()));
    }

    String trades(Listing listing, Channel channel, List<MarketTrade> trades) {
        return text(new Trades(channel, null, listing.symbol(), trades(listing, trades)));
    }

    /** As JSON has it: a number of 64 bits does not survive every reader. */
    static String chain(long chain) {
        return Long.toHexString(chain);
    }

    private static MarketDataJson.Level best(Listing listing, DepthView view, Side side) {
        List<MarketDataJson.Level> best = levels(listing, view, side, 1);
        return best.isEmpty() ? null : best.getFirst();
    }

    private static List<MarketDataJson.Level> levels(Listing listing, DepthView view, Side side, int most) {
        return view.depth(side, most).stream().map(level -> level(listing, level)).toList();
    }

    private static MarketDataJson.Level level(Listing listing, DepthView.DepthLevel level) {
        return new MarketDataJson.Level(MarketDataJson.decimal(listing, level.price()), level.quantity());
    }

    private static List<MarketDataJson.ShownOrder> orders(Listing listing, DepthView view) {
        List<MarketDataJson.ShownOrder> orders = new ArrayList<>(view.size());
        for (Side side : Side.values()) {
            view.orders(side).forEach(order -> orders.add(new MarketDataJson.ShownOrder(Long.toString(order.id()), side, MarketDataJson.decimal(listing, order.price()), order.quantity())));
        }
        return orders;
    }

    private static List<MarketDataJson.Trade> trades(Listing listing, List<MarketTrade> trades) {
        return trades.stream().map(trade -> MarketDataJson.Trade.of(listing, trade)).toList();
    }
}
