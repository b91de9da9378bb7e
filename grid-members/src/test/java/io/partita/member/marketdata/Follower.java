package io.partita.member.marketdata;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.MarketDataListener;
import io.partita.trading.Side;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketUpdate;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a subscription told. */
final class Follower implements MarketDataListener {

    private final List<Long> begun = new ArrayList<>();
    private final List<MarketUpdate> updates = new ArrayList<>();
    private List<DepthView.Order> orders = List.of();
    private long sequence = -1;

    @Override
    public synchronized void began(DepthView view) {
        begun.add(view.sequence());
        remember(view);
    }

    @Override
    public synchronized void updated(DepthView view, List<MarketUpdate> heard) {
        updates.addAll(heard);
        remember(view);
    }

    private void remember(DepthView view) {
        sequence = view.sequence();
        orders = orders(view);
    }

    static List<DepthView.Order> orders(DepthView view) {
        List<DepthView.Order> all = new ArrayList<>(view.orders(Side.BUY));
        all.addAll(view.orders(Side.SELL));
        return all;
    }

    /** Whether it has come to what a book shows. */
    synchronized boolean has(BookSnapshot book) {
        return sequence == book.view().sequence() && orders.equals(orders(DepthView.of(book)));
    }

    synchronized List<Long> begun() {
        return List.copyOf(begun);
    }

    synchronized List<MarketUpdate> updates() {
        return List.copyOf(updates);
    }

    synchronized long sequence() {
        return sequence;
    }
}
