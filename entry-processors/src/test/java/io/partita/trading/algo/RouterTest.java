package io.partita.trading.algo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Side;
import io.partita.trading.algo.Router.Child;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final long CENT = 10_000_000;

    private static Venue random(Random random, long instrument, Side side) {
        int scale = 2 + random.nextInt(3);
        long unit = scale == 2 ? 1 : scale == 3 ? 10 : 100;
        long price = 1_000 * unit + random.nextInt(30) * unit;
        long[] levels = new long[2 * random.nextInt(6)];
        for (int i = 0; i < levels.length; i += 2) {
            levels[i] = price;
            levels[i + 1] = 1 + random.nextInt(30);
            price += (side == Side.BUY ? 1 : -1) * (1 + random.nextInt(3)) * unit;
        }
        return new Venue(instrument, scale, random.nextInt(5_000) - 1_000, 1, 1, false, levels);
    }

    /** Unit by unit, the cheapest of all. */
    private static Map<Long, Long> naive(Side side, long quantity, BigDecimal limit, List<Venue> venues) {
        Map<Long, Long> taken = new HashMap<>();
        List<long[]> left = venues.stream().map(venue -> venue.levels().clone()).toList();
        for (long unit = 0; unit < quantity; unit++) {
            int best = -1;
            int bestLevel = 0;
            BigDecimal bestNet = null;
            for (int v = 0; v < venues.size(); v++) {
                for (int i = 0; i < left.get(v).length; i += 2) {
                    BigDecimal price = BigDecimal.valueOf(left.get(v)[i], venues.get(v).priceScale());
                    BigDecimal fee = price.multiply(BigDecimal.valueOf(venues.get(v).takerRate(), 6)).setScale(9, RoundingMode.CEILING);
                    BigDecimal net = side == Side.BUY ? price.add(fee) : price.subtract(fee);
                    boolean within = limit == null || (side == Side.BUY ? price.compareTo(limit) <= 0 : price.compareTo(limit) >= 0);
                    if (left.get(v)[i + 1] > 0 && within
                            && (bestNet == null || (side == Side.BUY ? net.compareTo(bestNet) < 0 : net.compareTo(bestNet) > 0))) {
                        best = v;
                        bestLevel = i;
                        bestNet = net;
                    }
                }
            }
            if (best < 0) {
                break;
            }
            left.get(best)[bestLevel + 1]--;
            taken.merge(venues.get(best).instrument(), 1L, Long::sum);
        }
        return taken;
    }

    @Test
    void the_best_of_all_venues_is_taken_unit_by_unit_net_of_fees() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            List<Venue> venues = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                venues.add(random(random, i, side));
            }
            long quantity = 1 + random.nextInt(150);
            long limit = random.nextBoolean() ? 0 : 1_000 * CENT + random.nextInt(30) * CENT;
            Map<Long, Long> taken = new HashMap<>();
            for (Child child : Router.shown(side, quantity, limit, venues)) {
                assertThat(taken.put(child.instrument(), child.quantity())).as("one order to each").isNull();
            }
            assertThat(taken).as("seed %s", seed).isEqualTo(naive(side, quantity, limit == 0 ? null : BigDecimal.valueOf(limit, 9), venues));
        }
    }

    @Test
    void a_dark_book_is_asked_at_the_middle_and_never_beyond_the_limit() {
        Venue dark = new Venue(9, 2, 0, 1, 10, true, new long[0]);
        long bid = 1_000 * CENT;
        long offer = 1_003 * CENT;
        assertThat(Router.dark(Side.BUY, 25, 0, bid, offer, List.of(dark), List.of())).containsExactly(new Child(9, 1_002, 20));
        assertThat(Router.dark(Side.SELL, 25, 0, bid, offer, List.of(dark), List.of())).containsExactly(new Child(9, 1_001, 20));
        assertThat(Router.dark(Side.BUY, 25, 1_001 * CENT, bid, offer, List.of(dark), List.of())).isEmpty();
        assertThat(Router.dark(Side.BUY, 25, 0, 0, offer, List.of(dark), List.of())).isEmpty();
        assertThat(Router.dark(Side.BUY, 9, 0, bid, offer, List.of(dark), List.of())).isEmpty();
        assertThat(Router.shown(Side.BUY, 25, 0, List.of(dark))).isEmpty();
    }

    @Test
    void a_dark_book_is_asked_only_where_the_middle_costs_less_with_its_fee() {
        long bid = 1_000 * CENT;
        long offer = 1_002 * CENT;
        Venue lit = new Venue(1, 2, 0, 1, 1, false, new long[] {1_002, 5});
        Venue dear = new Venue(9, 2, 1_000, 1, 1, true, new long[0]);
        Venue cheap = new Venue(9, 2, 900, 1, 1, true, new long[0]);
        assertThat(Router.dark(Side.BUY, 5, 0, bid, offer, List.of(dear), List.of(lit))).isEmpty();
        assertThat(Router.dark(Side.BUY, 5, 0, bid, offer, List.of(cheap), List.of(lit))).containsExactly(new Child(9, 1_001, 5));
        Venue paysLess = new Venue(1, 2, 0, 1, 1, false, new long[] {1_000, 5});
        assertThat(Router.dark(Side.SELL, 5, 0, bid, offer, List.of(dear), List.of(paysLess))).isEmpty();
        assertThat(Router.dark(Side.SELL, 5, 0, bid, offer, List.of(cheap), List.of(paysLess))).containsExactly(new Child(9, 1_001, 5));
    }
}
