package io.partita.member.trading.algo;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.algo.Router;
import io.partita.trading.algo.Venue;
import io.partita.trading.feed.MarketView;
import io.partita.trading.risk.OrderRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends an order to the venues of a security: first the middle of the best shown prices, then what is shown, the best net of fees first. Thread-safe. */
public final class RouteDesk {

    private static final int LEVELS = 50;
    private static final int CHILD_BITS = 8;
    /** Apart from ids that clients choose, which are positive, and from those of algorithms. */
    private static final long CHILD = 1L << 61;

    private final TradingService trading;
    private final OrderClient orders;
    private final RouteTables tables;

    RouteDesk(TradingService trading, OrderClient orders, RouteTables tables) {
        this.trading = trading;
        this.orders = orders;
        this.tables = tables;
    }

    /**
     * An order for a security that is listed more than once.
     *
     * @param id     chosen by the account, 1 to 2^46
     * @param limit  in the currency, null for none
     * @param venues where it shows, the preferred first
     * @param dark   where orders trade at the middle: dark books, and lit ones where some wait that are hidden or pegged to it
     */
    public record Route(long id, long account, Side side, long quantity, BigDecimal limit, List<Listing> venues, List<Listing> dark) {

        public Route {
            if (id < 1 || id > 1L << 46 || quantity < 1 || venues.isEmpty() || venues.size() + dark.size() > 100) {
                throw new IllegalArgumentException("id and quantity are positive, and there are 1 to 100 venues");
            }
            if (limit != null && (limit.signum() <= 0 || limit.scale() > Venue.SCALE || limit.precision() - limit.scale() > 9)) {
                throw new IllegalArgumentException("the price is positive, below a billion, with at most 9 decimals");
            }
            List<Listing> all = new ArrayList<>(venues);
            all.addAll(dark);
            if (all.stream().map(Listing::currency).distinct().count() != 1) {
                throw new IllegalArgumentException("the venues of a security have one currency");
            }
        }

        /** What it asks for, the same for the same request; listings by their numbers, for rules may change. */
        @Override
        public String toString() {
            return side + " " + quantity + " at " + (limit == null ? "any" : limit.stripTrailingZeros().toPlainString()) + " of "
                    + venues.stream().map(Listing::instrument).toList() + " after " + dark.stream().map(Listing::instrument).toList();
        }

        private long common() {
            return limit == null ? 0 : limit.movePointRight(Venue.SCALE).longValueExact();
        }
    }

    /** What came of an order to one venue; result says why nothing, if nothing. */
    public record Leg(Listing listing, long price, long quantity, long filled, BigDecimal notional, TradingResult result) {
    }

    /**
     * Sends it; answers with every order that was sent, in that order. A repeat sends nothing but what was sent before, which each book does once.
     *
     * @return empty if the account has another route with this id
     */
    public Optional<List<Leg>> send(Route route) {
        return switch (tables.begin(route)) {
            case NEW -> Optional.of(begin(route));
            case REPEATED -> Optional.of(repeat(route));
            case ID_REUSED -> Optional.empty();
        };
    }

    private List<Leg> repeat(Route route) {
        List<Leg> legs = new ArrayList<>();
        tables.legs(route).forEach(child -> leg(route, listings(route), child, legs));
        return legs;
    }

    private static Map<Long, Listing> listings(Route route) {
        return Stream.concat(route.venues().stream(), route.dark().stream())
                .collect(Collectors.toMap(Listing::instrument, Function.identity(), (one, same) -> one));
    }

    private List<Leg> begin(Route route) {
        Map<Long, Listing> listings = listings(route);
        List<Venue> shown = route.venues().stream().map(listing -> venue(listing, route.side(), false)).toList();
        List<Venue> dark = route.dark().stream().map(listing -> venue(listing, route.side(), true)).toList();
        List<Leg> legs = new ArrayList<>();
        long left = route.quantity();
        for (Router.Child child : Router.dark(route.side(), left, route.common(), best(route.venues(), Side.BUY), best(route.venues(), Side.SELL), dark, shown)) {
            left -= leg(route, listings, new Router.Child(child.instrument(), child.price(), Math.min(child.quantity(), left)), legs);
            if (left == 0) {
                return legs;
            }
        }
        for (Router.Child child : Router.shown(route.side(), left, route.common(), shown)) {
            leg(route, listings, child, legs);
        }
        return legs;
    }

    private Venue venue(Listing listing, Side side, boolean dark) {
        MarketView view = dark ? null : trading.market(listing.instrument(), LEVELS);
        long[] levels = view == null ? new long[0] : side == Side.BUY ? view.offers() : view.bids();
        return new Venue(listing.instrument(), listing.priceScale(), listing.rules().fees().taker(), listing.rules().ticks().at(1),
                listing.rules().lots().at(1), dark, levels);
    }

    /** Of all venues, in 10^-9 of the currency; 0 for none. */
    private long best(List<Listing> listings, Side side) {
        return listings.stream().mapToLong(listing -> {
            MarketView view = trading.market(listing.instrument(), 1);
            long[] levels = view == null ? new long[0] : side == Side.BUY ? view.bids() : view.offers();
            return levels.length == 0 || levels[0] == 0 ? 0 : listing.price(levels[0]).movePointRight(Venue.SCALE).longValueExact();
        }).filter(price -> price > 0).reduce((one, other) -> side == Side.BUY ? Math.max(one, other) : Math.min(one, other)).orElse(0);
    }

    private long leg(Route route, Map<Long, Listing> listings, Router.Child child, List<Leg> legs) {
        tables.keep(route, legs.size(), child);
        long id = -(CHILD | route.id() << CHILD_BITS | legs.size());
        Command command = new Command().newOrder(0, route.account(), route.side(), OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, child.price(),
                child.quantity()).id(id);
        TradingResult result = orders.submit(route.account(), child.instrument(), OrderRequest.of(command), Acknowledgement.DURABLE);
        long filled = 0;
        BigDecimal notional = BigDecimal.ZERO;
        if (result instanceof TradingResult.Executed executed) {
            for (Execution report : executed.reports()) {
                if (report.execType() == ExecType.TRADE && report.orderId() == executed.orderId()) {
                    filled += report.lastQuantity();
                    notional = notional.add(BigDecimal.valueOf(report.lastPrice()).multiply(BigDecimal.valueOf(report.lastQuantity())));
                }
            }
        }
        legs.add(new Leg(listings.get(child.instrument()), child.price(), child.quantity(), filled, notional, result));
        return filled;
    }
}
