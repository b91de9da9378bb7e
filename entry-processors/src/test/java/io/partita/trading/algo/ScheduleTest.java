package io.partita.trading.algo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.trading.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000;

    private static ParentOrder parent(Random random, Algorithm algorithm) {
        long lot = 1 + random.nextInt(20);
        int slices = 1 + random.nextInt(50);
        long start = random.nextInt(1_000) * SECOND;
        List<Integer> weights = new ArrayList<>();
        for (int i = 0; algorithm == Algorithm.VWAP && i < slices; i++) {
            weights.add(random.nextInt(10));
        }
        if (!weights.isEmpty()) {
            weights.set(random.nextInt(slices), 3);
        }
        return new ParentOrder(1 + random.nextInt(1_000), 7, 1, Side.BUY, lot * (1 + random.nextInt(10_000)), 0, algorithm, start,
                start + (1 + random.nextInt(600)) * SECOND, slices, weights, algorithm == Algorithm.PARTICIPATION ? 1 + random.nextInt(5_000) : 0,
                algorithm == Algorithm.SHORTFALL ? 1 + random.nextInt(200) : 0, lot);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void what_is_due_never_falls_is_in_lots_and_is_all_of_it_in_the_end(Algorithm algorithm) {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            ParentOrder order = parent(random, algorithm);
            long volume = 0;
            long before = 0;
            long children = 0;
            int lastSlice = -1;
            for (long now = order.start() - SECOND; now <= order.end() + SECOND; now += 1 + random.nextLong((order.end() - order.start()) / 20 + 1)) {
                volume += random.nextInt(1_000);
                long due = Schedule.due(order, now, volume);
                assertThat(due).as("seed %s", seed).isBetween(before, order.quantity());
                assertThat(due % order.lot()).isZero();
                assertThat(order.slice(now)).isGreaterThanOrEqualTo(lastSlice);
                if (algorithm == Algorithm.PARTICIPATION) {
                    assertThat(BigDecimal.valueOf(due)).isLessThanOrEqualTo(BigDecimal.valueOf(volume).multiply(BigDecimal.valueOf(order.participation()), MathContext.UNLIMITED)
                            .movePointLeft(4));
                }
                // Whatever the market takes of each child, never more than what is due is done.
                long child = Schedule.child(order, now, volume, children);
                children += random.nextLong(child + 1);
                assertThat(children).isLessThanOrEqualTo(due);
                before = due;
                lastSlice = order.slice(now);
            }
            if (algorithm != Algorithm.PARTICIPATION) {
                assertThat(Schedule.due(order, order.end(), 0)).isEqualTo(order.quantity());
            }
            assertThat(Schedule.due(order, order.start() - 1, volume)).isZero();
        }
    }

    @Test
    void equal_slices_are_equal_and_weighted_ones_as_their_weights_say() {
        ParentOrder twap = new ParentOrder(1, 7, 1, Side.BUY, 1_000, 0, Algorithm.TWAP, 0, 100 * SECOND, 10, List.of(), 0, 0, 1);
        ParentOrder vwap = new ParentOrder(1, 7, 1, Side.BUY, 1_000, 0, Algorithm.VWAP, 0, 100 * SECOND, 4, List.of(1, 0, 2, 7), 0, 0, 1);
        for (int slice = 0; slice < 10; slice++) {
            assertThat(Schedule.due(twap, twap.begins(slice), 0)).isEqualTo(100L * (slice + 1));
        }
        assertThat(Schedule.due(vwap, vwap.begins(0), 0)).isEqualTo(100);
        assertThat(Schedule.due(vwap, vwap.begins(1), 0)).isEqualTo(100);
        assertThat(Schedule.due(vwap, vwap.begins(2), 0)).isEqualTo(300);
        assertThat(Schedule.due(vwap, vwap.begins(3), 0)).isEqualTo(1_000);
    }

    @Test
    void urgency_does_more_of_it_early() {
        long before = 0;
        for (int urgency : new int[] {1, 10, 30, 100}) {
            ParentOrder order = new ParentOrder(1, 7, 1, Side.SELL, 100_000, 0, Algorithm.SHORTFALL, 0, 100 * SECOND, 10, List.of(), 0, urgency, 1);
            long early = Schedule.due(order, 0, 0);
            assertThat(early).isGreaterThan(before);
            before = early;
        }
        assertThat(before).isGreaterThan(60_000);
    }

    @Test
    void children_have_ids_of_their_own() {
        Set<Long> ids = new HashSet<>();
        for (long id : new long[] {1, 2, ParentOrder.MAX_ID}) {
            ParentOrder order = new ParentOrder(id, 7, 1, Side.BUY, 1, 0, Algorithm.TWAP, 0, SECOND, 1, List.of(), 0, 0, 1);
            for (int slice = 0; slice <= ParentOrder.MAX_SLICES; slice++) {
                long child = order.childId(slice);
                assertThat(child).isNegative();
                assertThat(ids.add(child)).isTrue();
            }
        }
    }

    @Test
    void a_parent_that_makes_no_sense_cannot_be_made() {
        assertThatThrownBy(() -> new ParentOrder(1, 7, 1, Side.BUY, 15, 0, Algorithm.TWAP, 0, SECOND, 1, List.of(), 0, 0, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ParentOrder(1, 7, 1, Side.BUY, 10, 0, Algorithm.VWAP, 0, SECOND, 2, List.of(0, 0), 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ParentOrder(1, 7, 1, Side.BUY, 10, 0, Algorithm.PARTICIPATION, 0, SECOND, 1, List.of(), 9_000, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
