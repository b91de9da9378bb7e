package io.partita.trading.strategy;

import io.partita.trading.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A market that history alone moves: orders take what its bars offer and change nothing.
 *
 * <ul>
 * <li>An order may trade in bars that begin when it is there already and end later; so never at a price that its strategy knew.
 * <li>A market order trades at the open, with slippage. A stop does so once its price is reached, at that price or at an open beyond it.
 * <li>A limit trades at its price when the bar goes beyond it, or at the open if that is as good or better. A price that is touched only
 *     is not enough: others were there before.
 * <li>What a bar's share of volume does not cover stays open. Earlier orders come first.
 * </ul>
 *
 * Not thread-safe.
 */
final class SimulatedMarket implements StrategyContext {

    private enum Kind {
        MARKET, LIMIT, STOP
    }

    private static final class Order {
        private final long number;
        private final int instrument;
        private final Side side;
        private final Kind kind;
        private final long price;
        private final long placed;
        private long leaves;
        private boolean triggered;

        Order(long number, int instrument, Side side, Kind kind, long price, long quantity, long placed) {
            this.number = number;
            this.instrument = instrument;
            this.side = side;
            this.kind = kind;
            this.price = price;
            this.leaves = quantity;
            this.placed = placed;
        }
    }

    private final FillModel model;
    private final Map<Long, Order> orders = new LinkedHashMap<>();
    private final long[] positions;
    private final long[] prices;
    private long cash;
    private long now = Long.MIN_VALUE;
    private long numbers;

    SimulatedMarket(int instruments, long cash, FillModel model) {
        this.positions = new long[instruments];
        this.prices = new long[instruments];
        this.cash = cash;
        this.model = model;
    }

    /** Lets orders trade in a bar; what they did, in order. */
    List<Fill> advance(int instrument, PriceBar bar) {
        if (bar.end() < now) {
            throw new IllegalArgumentException("time runs backwards");
        }
        now = bar.end();
        List<Fill> fills = new ArrayList<>();
        long available = model.available(bar);
        Iterator<Order> open = orders.values().iterator();
        while (open.hasNext() && available > 0) {
            Order order = open.next();
            if (order.instrument != instrument || bar.start() < order.placed || bar.end() <= order.placed) {
                continue;
            }
            long price = price(order, bar);
            if (price > 0) {
                long quantity = Math.min(order.leaves, available);
                available -= quantity;
                order.leaves -= quantity;
                fills.add(filled(order, price, quantity));
                if (order.leaves == 0) {
                    open.remove();
                }
            }
        }
        prices[instrument] = bar.close();
        return fills;
    }

    /** At which it trades in the bar; 0 if it does not. */
    private long price(Order order, PriceBar bar) {
        boolean buys = order.side == Side.BUY;
        return switch (order.kind) {
            case MARKET -> model.slipped(order.side, bar.open());
            case LIMIT -> (buys ? bar.open() <= order.price : bar.open() >= order.price) ? bar.open()
                    : (buys ? bar.low() < order.price : bar.high() > order.price) ? order.price : 0;
            case STOP -> {
                if (order.triggered) {
                    yield model.slipped(order.side, bar.open());
                }
                order.triggered = buys ? bar.high() >= order.price : bar.low() <= order.price;
                yield order.triggered ? model.slipped(order.side, buys ? Math.max(bar.open(), order.price) : Math.min(bar.open(), order.price)) : 0;
            }
        };
    }

    private Fill filled(Order order, long price, long quantity) {
        long commission = model.commission(price, quantity);
        Fill fill = new Fill(order.number, order.instrument, now, order.side, price, quantity, order.leaves, commission);
        positions[order.instrument] = Math.addExact(positions[order.instrument], fill.bought());
        cash = Math.subtractExact(cash, Math.addExact(Math.multiplyExact(price, fill.bought()), commission));
        return fill;
    }

    /** What positions are worth at, before the first bar of an instrument nothing. */
    boolean priced() {
        for (long price : prices) {
            if (price == 0) {
                return false;
            }
        }
        return true;
    }

    boolean invested() {
        for (long position : positions) {
            if (position != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public int instruments() {
        return positions.length;
    }

    @Override
    public long position(int instrument) {
        return positions[instrument];
    }

    @Override
    public long working(int instrument) {
        long working = 0;
        for (Order order : orders.values()) {
            if (order.instrument == instrument) {
                working += order.side == Side.BUY ? order.leaves : -order.leaves;
            }
        }
        return working;
    }

    @Override
    public long equity() {
        long equity = cash;
        for (int i = 0; i < positions.length; i++) {
            equity = Math.addExact(equity, Math.multiplyExact(positions[i], prices[i]));
        }
        return equity;
    }

    @Override
    public long market(int instrument, Side side, long quantity) {
        return place(instrument, side, Kind.MARKET, 1, quantity);
    }

    @Override
    public long limit(int instrument, Side side, long price, long quantity) {
        return place(instrument, side, Kind.LIMIT, price, quantity);
    }

    @Override
    public long stop(int instrument, Side side, long stopPrice, long quantity) {
        return place(instrument, side, Kind.STOP, stopPrice, quantity);
    }

    private long place(int instrument, Side side, Kind kind, long price, long quantity) {
        if (price < 1 || quantity < 1 || instrument < 0 || instrument >= positions.length) {
            throw new IllegalArgumentException("an order has a price, a quantity and an instrument: " + price + ", " + quantity + ", " + instrument);
        }
        orders.put(++numbers, new Order(numbers, instrument, side, kind, price, quantity, now));
        return numbers;
    }

    @Override
    public void cancel(long order) {
        orders.remove(order);
    }

    @Override
    public void cancelAll(int instrument) {
        orders.values().removeIf(order -> order.instrument == instrument);
    }
}
