package io.partita.trading.algo;

import io.partita.trading.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Spreads an order over the venues of a security: what they show, the best price net of fees first; and before that the dark books, at the
 * middle of the others. Pure.
 */
public final class Router {

    private Router() {
    }

    /** An order to send to a venue, which takes what there is and cancels the rest. */
    public record Child(long instrument, long price, long quantity) {
    }

    private record Level(Venue venue, int place, long price, long quantity, long net) {
    }

    /**
     * Orders to the dark books: each gets the whole quantity, one after another, at the middle of the best shown prices, a half step in its
     * favour, and never beyond the limit; but only where that is better, net of fees, than the best that is shown.
     *
     * @param limit       in 10^-9 of the currency, 0 for none
     * @param bestBid     of all venues, likewise, 0 for none
     * @param bestOffer   likewise
     * @param shown       the venues that show something
     */
    public static List<Child> dark(Side side, long quantity, long limit, long bestBid, long bestOffer, List<Venue> venues, List<Venue> shown) {
        if (bestBid == 0 || bestOffer == 0 || bestBid > bestOffer) {
            return List.of();
        }
        long mid = bestBid + (bestOffer - bestBid) / 2;
        LongStream nets = shown.stream().filter(venue -> venue.levels().length > 0 && venue.levels()[0] > 0)
                .mapToLong(venue -> venue.net(side, venue.levels()[0]));
        long best = side == Side.BUY ? nets.min().orElse(Long.MAX_VALUE) : nets.max().orElse(Long.MIN_VALUE);
        List<Child> children = new ArrayList<>();
        for (Venue venue : venues) {
            if (venue.dark()) {
                // Those who wait there have rounded away from us: it takes up to a step more to meet them.
                long price = side == Side.BUY ? venue.within(Side.SELL, mid) : venue.within(Side.BUY, mid);
                boolean beyond = limit > 0 && (side == Side.BUY ? venue.common(price) > limit : venue.common(price) < limit);
                boolean better = side == Side.BUY ? venue.net(side, price) < best : venue.net(side, price) > best;
                long lots = quantity / venue.lot() * venue.lot();
                if (!beyond && better && lots > 0) {
                    children.add(new Child(venue.instrument(), price, lots));
                }
            }
        }
        return children;
    }

    /**
     * Orders to the venues that show something, one at most to each: together they take the best of all shown levels, net of fees, up to the
     * quantity and the limit. Of equal ones the venue that is named first comes first.
     *
     * @param limit in 10^-9 of the currency, before fees, 0 for none
     */
    public static List<Child> shown(Side side, long quantity, long limit, List<Venue> venues) {
        List<Level> levels = new ArrayList<>();
        for (int place = 0; place < venues.size(); place++) {
            Venue venue = venues.get(place);
            for (int i = 0; !venue.dark() && i + 1 < venue.levels().length; i += 2) {
                long price = venue.levels()[i];
                boolean within = limit == 0 || (side == Side.BUY ? venue.common(price) <= limit : venue.common(price) >= limit);
                if (price > 0 && within) {
                    levels.add(new Level(venue, place, price, venue.levels()[i + 1], venue.net(side, price)));
                }
            }
        }
        Comparator<Level> best = Comparator.comparingLong(Level::net);
        levels.sort((side == Side.BUY ? best : best.reversed()).thenComparingInt(Level::place));
        Map<Long, Child> children = new LinkedHashMap<>();
        long left = quantity;
        for (Level level : levels) {
            long take = Math.min(left, level.quantity) / level.venue.lot() * level.venue.lot();
            if (take > 0) {
                children.merge(level.venue.instrument(), new Child(level.venue.instrument(), level.price, take), (before, more) ->
                        new Child(before.instrument, more.price, before.quantity + more.quantity));
                left -= take;
            }
        }
        return List.copyOf(children.values());
    }
}
