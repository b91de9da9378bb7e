package io.partita.marketdata;

import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.SessionStatistics;
import io.partita.trading.feed.UpdateBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A book as everybody may see it, put together from a snapshot and the updates after it. Not thread-safe.
 */
public final class DepthView {

    private final long instrument;
    private final Map<Long, Order> orders = new HashMap<>();
    private final TreeMap<Long, Level> bids = new TreeMap<>(Comparator.comparingLong((Long price) -> price == 0 ? Long.MAX_VALUE : price).reversed());
    private final TreeMap<Long, Level> offers = new TreeMap<>();
    private long sequence;
    private long chain;
    private long time;
    private TradingPhase phase;
    private long lastPrice;
    private long referencePrice;
    private SessionStatistics session;
    private boolean complete = true;
    private final Set<Place> touched = new LinkedHashSet<>();

    /** What became of updates that were handed to a view. */
    public enum Outcome {
        /** The view has gone on. */
        APPLIED,
        /** It had them all before. */
        KNOWN,
        /** Some are missing before them; nothing was changed. */
        GAP,
        /** They do not go on from what the view has been through, as after a split: it needs a new snapshot. Nothing was changed. */
        OTHER_HISTORY
    }

    /**
     * A displayed order.
     *
     * @param price 0 for any price
     */
    public record Order(long id, Side side, long price, long quantity) {
    }

    /** Where a level is. */
    public record Place(Side side, long price) {
    }

    /** A displayed level. */
    public record DepthLevel(long price, long quantity, int orders) {
    }

    private static final class Level {
        /** In the order in which they trade. */
        private final LinkedHashMap<Long, Order> queue = new LinkedHashMap<>();
        private long quantity;
    }

    private DepthView(MarketView view) {
        instrument = view.instrument();
        sequence = view.sequence();
        chain = view.chain();
        time = view.time();
        phase = view.phase();
        lastPrice = view.lastPrice();
        referencePrice = view.referencePrice();
        session = view.session();
    }

    /** A view that begins with a snapshot. */
    public static DepthView of(BookSnapshot snapshot) {
        DepthView view = new DepthView(snapshot.view());
        snapshot.orders((id, side, price, quantity) -> view.append(new Order(id, side, price, quantity)));
        return view;
    }

    /** Goes on by what it does not have yet; whoever is given hears of each update after it was applied. */
    public Outcome apply(UpdateBatch batch, Consumer<MarketUpdate> applied) {
        if (batch.after() > sequence) {
            return Outcome.GAP;
        }
        if (batch.last() < sequence) {
            return Outcome.KNOWN;
        }
        if (batch.after() == sequence && batch.chain() != chain) {
            return Outcome.OTHER_HISTORY;
        }
        if (batch.last() == sequence && batch.after() == sequence) {
            return Outcome.KNOWN;
        }
        List<UpdateBatch.Linked> updates = batch.updates();
        touched.clear();
        int known = (int) (sequence - batch.after());
        if (known > 0 && updates.get(known - 1).chain() != chain) {
            return Outcome.OTHER_HISTORY;
        }
        for (UpdateBatch.Linked linked : updates.subList(known, updates.size())) {
            apply(linked.update());
            chain = linked.chain();
            applied.accept(linked.update());
        }
        return known == updates.size() ? Outcome.KNOWN : Outcome.APPLIED;
    }

    private void apply(MarketUpdate update) {
        sequence = update.sequence();
        time = update.time();
        complete = !update.more();
        update.events().forEach(this::apply);
    }

    private void apply(MarketEvent event) {
        switch (event) {
            case MarketEvent.Shown shown -> {
                remove(shown.order());
                append(new Order(shown.order(), shown.side(), shown.price(), shown.quantity()));
            }
            case MarketEvent.Resized resized -> resize(orders.get(resized.order()), resized.quantity());
            case MarketEvent.Gone gone -> remove(gone.order());
            case MarketEvent.Traded traded -> {
                lastPrice = traded.price();
                session = session.traded(traded.price(), traded.quantity());
            }
            case MarketEvent.PhaseChanged changed -> {
                session = phase == TradingPhase.CLOSED ? session.opened() : session;
                phase = changed.phase();
            }
            case MarketEvent.ReferenceChanged changed -> referencePrice = changed.price();
        }
    }

    private TreeMap<Long, Level> side(Side side) {
        return side == Side.BUY ? bids : offers;
    }

    private void append(Order order) {
        orders.put(order.id(), order);
        touched.add(new Place(order.side(), order.price()));
        Level level = side(order.side()).computeIfAbsent(order.price(), price -> new Level());
        level.queue.put(order.id(), order);
        level.quantity += order.quantity();
    }

    private void resize(Order order, long quantity) {
        Order resized = new Order(order.id(), order.side(), order.price(), quantity);
        orders.put(order.id(), resized);
        touched.add(new Place(order.side(), order.price()));
        Level level = side(order.side()).get(order.price());
        // Replacing a value leaves it where it is in the queue.
        level.queue.put(order.id(), resized);
        level.quantity += quantity - order.quantity();
    }

    private void remove(long id) {
        Order order = orders.remove(id);
        if (order == null) {
            return;
        }
        touched.add(new Place(order.side(), order.price()));
        Level level = side(order.side()).get(order.price());
        level.queue.remove(id);
        level.quantity -= order.quantity();
        if (level.queue.isEmpty()) {
            side(order.side()).remove(order.price());
        }
    }

    public long instrument() {
        return instrument;
    }

    /** Of the last update. */
    public long sequence() {
        return sequence;
    }

    /** At the last update. */
    public long chain() {
        return chain;
    }

    /** Of the last update, in nanoseconds since 1970. */
    public long time() {
        return time;
    }

    /** False if the next update goes on with what the last one began. */
    public boolean complete() {
        return complete;
    }

    public TradingPhase phase() {
        return phase;
    }

    /** Of the last trade, 0 before the first. */
    public long lastPrice() {
        return lastPrice;
    }

    /** 0 for none. */
    public long referencePrice() {
        return referencePrice;
    }

    public SessionStatistics session() {
        return session;
    }

    /** The best levels of a side, the best first. */
    public List<DepthLevel> depth(Side side, int most) {
        return side(side).entrySet().stream().limit(most)
                .map(entry -> new DepthLevel(entry.getKey(), entry.getValue().quantity, entry.getValue().queue.size())).toList();
    }

    /** What is displayed at a price; nothing of it has quantity 0. */
    public DepthLevel level(Side side, long price) {
        Level level = side(side).get(price);
        return level == null ? new DepthLevel(price, 0, 0) : new DepthLevel(price, level.quantity, level.queue.size());
    }

    /** The levels that the last batch may have changed. */
    public Set<Place> touched() {
        return Collections.unmodifiableSet(touched);
    }

    /** How many orders are displayed. */
    public int size() {
        return orders.size();
    }

    /** One displayed order; null if there is none. */
    public Order order(long id) {
        return orders.get(id);
    }

    /** The orders of a side, the first to trade first. */
    public List<Order> orders(Side side) {
        List<Order> all = new ArrayList<>();
        side(side).values().forEach(level -> all.addAll(level.queue.values()));
        return all;
    }
}
