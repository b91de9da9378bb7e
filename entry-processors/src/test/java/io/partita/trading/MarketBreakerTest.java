package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.trading.MarketBreaker.Price;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarketBreakerTest {

    private static final MarketBreaker THREE = new MarketBreaker(List.of(700, 1_300, 2_000), Map.of(1L, 1, 2L, 3));

    @Test
    void a_level_is_come_to_when_the_weighted_basket_has_fallen_so_far() {
        assertThat(THREE.decline(List.of(new Price(1, 93, 100), new Price(2, 93, 100)))).isEqualTo(700);
        assertThat(THREE.level(700)).isEqualTo(1);
        assertThat(THREE.level(699)).isZero();
        assertThat(THREE.level(1_999)).isEqualTo(2);
        assertThat(THREE.level(5_000)).isEqualTo(3);
        assertThat(THREE.closes(3)).isTrue();
        assertThat(THREE.closes(2)).isFalse();
        assertThat(THREE.decline(List.of(new Price(1, 60, 100), new Price(2, 110, 100)))).as("a quarter of 40 down, three of 10 up").isEqualTo(250);
        assertThat(THREE.decline(List.of(new Price(1, 110, 100), new Price(2, 110, 100)))).isEqualTo(-1_000);
    }

    @Test
    void what_has_no_previous_close_or_is_not_in_the_basket_does_not_count() {
        assertThat(THREE.decline(List.of(new Price(1, 50, 0), new Price(2, 90, 100)))).isEqualTo(1_000);
        assertThat(THREE.decline(List.of(new Price(9, 1, 100)))).isZero();
        assertThat(THREE.decline(List.of(new Price(1, 0, 100), new Price(2, 92, 100)))).as("nobody has traded the first").isEqualTo(600);
    }

    @Test
    void the_decline_is_that_of_exact_fractions() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 2_000; run++) {
            Map<Long, Integer> weights = new HashMap<>();
            List<Price> prices = new ArrayList<>();
            for (long id = 1; id <= 1 + run % 7; id++) {
                weights.put(id, random.nextInt(1, 1_000));
                prices.add(new Price(id, random.nextLong(1, 1L << random.nextInt(1, 40)), random.nextLong(1, 1L << random.nextInt(1, 40))));
            }
            assertThat(new MarketBreaker(List.of(700), weights).decline(prices)).as("run %d: %s %s", run, weights, prices).isEqualTo(exact(weights, prices));
        }
    }

    /** 1 - sum(w p / c) / sum(w) over one common denominator. */
    private static int exact(Map<Long, Integer> weights, List<Price> prices) {
        BigInteger denominator = prices.stream().map(price -> BigInteger.valueOf(price.close())).reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger sum = BigInteger.ZERO;
        BigInteger whole = BigInteger.ZERO;
        for (Price price : prices) {
            BigInteger weight = BigInteger.valueOf(weights.get(price.instrument()));
            sum = sum.add(weight.multiply(BigInteger.valueOf(price.last())).multiply(denominator.divide(BigInteger.valueOf(price.close()))));
            whole = whole.add(weight);
        }
        BigInteger all = whole.multiply(denominator);
        return new BigDecimal(all.subtract(sum).multiply(BigInteger.valueOf(10_000))).divide(new BigDecimal(all), 0, RoundingMode.FLOOR)
                .max(BigDecimal.valueOf(Integer.MIN_VALUE)).intValue();
    }

    @Test
    void rules_that_make_no_sense_are_refused() {
        for (List<Integer> levels : List.of(List.<Integer>of(), List.of(0), List.of(10_000), List.of(700, 600), List.of(700, 700), List.of(1, 2, 3, 4, 5, 6))) {
            assertThatThrownBy(() -> new MarketBreaker(levels, Map.of(1L, 1))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new MarketBreaker(List.of(700), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MarketBreaker(List.of(700), Map.of(1L, 0))).isInstanceOf(IllegalArgumentException.class);
    }
}
