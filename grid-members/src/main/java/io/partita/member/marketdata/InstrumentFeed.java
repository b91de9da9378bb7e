package io.partita.member.marketdata;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataListener;
import io.partita.marketdata.MarketDataSubscription;
import io.partita.member.marketdata.FeedSession.Stream;
import io.partita.member.trading.Listing;
import io.partita.trading.Side;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.TradeHistory;
import io.partita.trading.feed.UpdateBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One instrument for all sessions of this member. Each message is made once, and handed to the sessions one after another; who is first goes round,
 * so that nobody always is. Everything happens on the subscription's thread, so that a session's snapshot and what follows on it fit.
 */
final class InstrumentFeed implements MarketDataListener {

    /** Of trades in a snapshot. */
    private static final int TRADES = 50;

    private final Listing listing;
    private final MarketDataClient client;
    private final FeedMessages messages;
    private final MarketDataSubscription subscription;
    private final List<Reader> readers = new ArrayList<>();
    private TradeHistory trades = new TradeHistory();
    private long lastTrade;
    /** What the state channels said last. */
    private final Map<Channel, Object> told = new EnumMap<>(Channel.class);
    private int first;

    /** A session, and what it wants. */
    private static final class Reader {
        private final FeedSession session;
        private final Set<Channel> channels = EnumSet.noneOf(Channel.class);
        /** Channels that lost messages and wait for a snapshot. */
        private final Set<Channel> lost = EnumSet.noneOf(Channel.class);

        Reader(FeedSession session) {
            this.session = session;
        }
    }

    /** What a reader says that it has. */
    record Known(long sequence, String chain) {
    }

    InstrumentFeed(Listing listing, MarketDataClient client, FeedMessages messages) {
        this.listing = listing;
        this.client = client;
        this.messages = messages;
        subscription = client.subscribe(listing.instrument(), this);
    }

    void close() {
        subscription.close();
    }

    /** Snapshots and then messages for a session; false if too much waits. */
    boolean subscribe(FeedSession session, Set<Channel> channels, Known known) {
        return subscription.execute(view -> {
            Reader reader = readers.stream().filter(one -> one.session == session).findFirst().orElse(null);
            if (reader == null) {
                reader = new Reader(session);
                readers.add(reader);
            }
            for (Channel channel : channels) {
                reader.channels.add(channel);
                // Until it has its snapshot; should the book not answer now, it gets it later.
                reader.lost.add(channel);
                if (channel == Channel.L3 && known != null && resume(reader, view, known)) {
                    reader.lost.remove(channel);
                } else {
                    begin(reader, view, channel, known != null && channel == Channel.L3);
                }
            }
        });
    }

    /** True when it was done, or will be. */
    boolean unsubscribe(FeedSession session, Set<Channel> channels) {
        return subscription.execute(view -> {
            readers.stream().filter(reader -> reader.session == session).forEach(reader -> {
                reader.channels.removeAll(channels);
                reader.lost.removeAll(channels);
                channels.forEach(channel -> session.forget(stream(channel)));
            });
            readers.removeIf(reader -> reader.channels.isEmpty());
        });
    }

    private Stream stream(Channel channel) {
        return new FeedSession.BookStream(listing.instrument(), channel);
    }

    // ---- what readers begin with -----------------------------------------------------------------------------------------

    private void begin(Reader reader, DepthView view, Channel channel, boolean gap) {
        reader.lost.remove(channel);
        if (channel.state()) {
            reader.session.state(stream(channel), messages.state(listing, view, channel));
            return;
        }
        if (gap) {
            reader.session.answer(messages.gap(listing, channel));
        }
        if (!reader.session.increment(stream(channel), messages.snapshot(listing, view, trades.trades(0, TRADES), channel))) {
            reader.lost.add(channel);
        }
    }

    /** Tells a reader what it has missed; false if the book does not have that, or has another history. */
    private boolean resume(Reader reader, DepthView view, Known known) {
        long sequence = known.sequence();
        while (sequence < view.sequence()) {
            Optional<UpdateBatch> missed = client.after(listing.instrument(), sequence);
            if (missed.isEmpty() || missed.get().after() != sequence || missed.get().last() == sequence
                    || sequence == known.sequence() && other(missed.get(), known)) {
                return false;
            }
            List<UpdateBatch.Linked> updates = missed.get().updates().stream().filter(linked -> linked.update().sequence() <= view.sequence()).toList();
            if (!reader.session.increment(stream(Channel.L3), messages.updates(listing, updates.stream().map(UpdateBatch.Linked::update).toList(),
                    updates.getLast().chain()))) {
                return false;
            }
            sequence = updates.getLast().update().sequence();
        }
        return sequence == view.sequence();
    }

    private static boolean other(UpdateBatch batch, Known known) {
        return known.chain() != null && !known.chain().equals(FeedMessages.chain(batch.chain()));
    }

    // ---- what follows ----------------------------------------------------------------------------------------------------

    @Override
    public void began(DepthView view) {
        trades = new TradeHistory();
        lastTrade = 0;
        client.trades(listing.instrument(), 0, TRADES).orElse(List.of()).forEach(this::remember);
        told.clear();
        readers.forEach(reader -> reader.channels.forEach(channel -> begin(reader, view, channel, true)));
    }

    @Override
    public void updated(DepthView view, List<MarketUpdate> updates) {
        List<MarketTrade> traded = trades(updates);
        traded.forEach(this::remember);
        Map<Channel, Optional<String>> made = new EnumMap<>(Channel.class);
        first = readers.isEmpty() ? 0 : (first + 1) % readers.size();
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get((first + i) % readers.size());
            for (Channel channel : reader.channels) {
                made.computeIfAbsent(channel, key -> message(key, view, updates, traded)).ifPresent(text -> deliver(reader, view, channel, text));
            }
        }
    }

    private void deliver(Reader reader, DepthView view, Channel channel, String text) {
        if (channel.state()) {
            reader.session.state(stream(channel), text);
        } else if (reader.lost.contains(channel)) {
            recover(reader, view, channel);
        } else if (!reader.session.increment(stream(channel), text)) {
            reader.lost.add(channel);
        }
    }

    private void recover(Reader reader, DepthView view, Channel channel) {
        if (reader.session.caughtUp()) {
            begin(reader, view, channel, true);
        }
    }

    private void remember(MarketTrade trade) {
        trades.add(trade);
        lastTrade = trade.trade();
    }

    /** Those that are new: the last trades may have been asked for after some of the updates. */
    private List<MarketTrade> trades(List<MarketUpdate> updates) {
        List<MarketTrade> traded = new ArrayList<>();
        for (MarketUpdate update : updates) {
            for (MarketEvent event : update.events()) {
                if (event instanceof MarketEvent.Traded trade && trade.trade() > lastTrade) {
                    traded.add(new MarketTrade(trade.trade(), update.time(), trade.price(), trade.quantity(), trade.kind()));
                }
            }
        }
        return traded;
    }

    /** Empty if there is nothing new to say. */
    private Optional<String> message(Channel channel, DepthView view, List<MarketUpdate> updates, List<MarketTrade> traded) {
        return switch (channel) {
            case L1, L2, STATS -> Objects.equals(told.put(channel, summary(channel, view)), summary(channel, view)) ? Optional.empty()
                    : Optional.of(messages.state(listing, view, channel));
            case L2FULL -> Optional.of(messages.levels(listing, view, updates.getFirst().sequence() - 1));
            case L3 -> Optional.of(messages.updates(listing, updates, view.chain()));
            case BARS, INDICATORS, ALERTS -> throw new IllegalArgumentException(channel + " is of no book");
            case TRADES -> traded.isEmpty() ? Optional.empty() : Optional.of(messages.trades(listing, channel, traded));
        };
    }

    /** What a state channel is about; while this stays, it says nothing. */
    private static Object summary(Channel channel, DepthView view) {
        return switch (channel) {
            case L1 -> List.of(view.phase(), view.lastPrice(), view.depth(Side.BUY, 1), view.depth(Side.SELL, 1));
            case L2 -> List.of(view.depth(Side.BUY, 10), view.depth(Side.SELL, 10));
            default -> List.of(view.phase(), view.referencePrice(), view.session());
        };
    }

    /** Called once a second: who lost messages and has caught up begins again, and auctions tell where they stand. */
    void tick() {
        subscription.execute(view -> {
            readers.removeIf(reader -> reader.session.closed());
            for (Reader reader : readers) {
                EnumSet.copyOf(reader.channels).stream().filter(reader.lost::contains).forEach(channel -> recover(reader, view, channel));
            }
            if (view.phase().auction() && readers.stream().anyMatch(reader -> reader.channels.contains(Channel.STATS))) {
                client.view(listing.instrument(), 1).ifPresent(asked -> {
                    String text = messages.auction(listing, view, asked);
                    readers.stream().filter(reader -> reader.channels.contains(Channel.STATS))
                            .forEach(reader -> reader.session.state(stream(Channel.STATS), text));
                });
            }
        });
    }
}
