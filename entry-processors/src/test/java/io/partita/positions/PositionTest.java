package io.partita.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.positions.Position.Fill;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final Position NONE = Position.none(7, 1);

    private static Position after(long... fills) {
        Position position = NONE;
        for (int i = 0; i < fills.length; i += 2) {
            position = position.apply(new Fill(i + 1, fills[i], fills[i + 1], 0));
        }
        return position;
    }

    @Test
    void buying_adds_to_the_cost_and_selling_takes_its_part_of_it() {
        Position bought = after(10, 1_000, 30, 3_400);
        assertThat(bought.quantity()).isEqualTo(40);
        assertThat(bought.cost()).isEqualTo(4_400);
        Position sold = after(10, 1_000, 30, 3_400, -20, -2_500);
        assertThat(sold.cost()).isEqualTo(2_200);
        assertThat(sold.realized()).isEqualTo(300);
    }

    @Test
    void a_short_position_is_bought_back_and_turns_over() {
        Position shorted = after(-10, -1_000);
        assertThat(shorted.cost()).isEqualTo(-1_000);
        Position turned = after(-10, -1_000, 15, 1_350);
        assertThat(turned).isEqualTo(new Position(7, 1, 5, 450, 100, 0, 3));
    }

    @Test
    void a_fill_counts_once() {
        Position once = NONE.apply(new Fill(4, 10, 1_000, 3));
        assertThat(once.apply(new Fill(4, 10, 1_000, 3))).isSameAs(once);
        assertThat(once.apply(new Fill(3, 10, 1_000, 3))).isSameAs(once);
        assertThat(once.apply(new Fill(5, 0, 0, -1)).fees()).isEqualTo(2);
    }

    @Test
    void what_does_not_fit_throws_and_never_wraps_around() {
        Position large = after(1, Long.MAX_VALUE);
        assertThatThrownBy(() -> large.apply(new Fill(9, 1, 1, 0))).isInstanceOf(ArithmeticException.class);
        assertThat(after(Long.MAX_VALUE, Long.MAX_VALUE, -(Long.MAX_VALUE - 1), -5).cost()).as("the product of both is larger than a long").isEqualTo(1);
    }

    @Test
    void any_sequence_of_fills_leads_where_the_plainest_code_does_and_no_cash_is_lost() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            Position position = NONE;
            List<Fill> fills = new ArrayList<>();
            for (int i = 1; i <= 60; i++) {
                long quantity = random.nextInt(41) - 20;
                long cash = Long.signum(quantity) * (long) random.nextInt(100_000);
                Fill fill = new Fill(i, quantity, cash, random.nextInt(7) - 2);
                fills.add(fill);
                position = position.apply(fill);
                Naive naive = new Naive();
                fills.forEach(naive::apply);
                assertThat(List.of(BigDecimal.valueOf(position.quantity()), BigDecimal.valueOf(position.cost()), BigDecimal.valueOf(position.realized())))
                        .as("seed %s, fill %s", seed, i).containsExactly(naive.quantity, naive.cost, naive.realized);
                assertThat(BigInteger.valueOf(position.cost() - position.realized())).as("seed %s", seed)
                        .isEqualTo(fills.stream().map(one -> BigInteger.valueOf(one.cash())).reduce(BigInteger.ZERO, BigInteger::add));
                assertThat(position.quantity() != 0 || position.cost() == 0).as("nothing costs nothing").isTrue();
                assertThat(position.fees()).isEqualTo(fills.stream().mapToLong(Fill::fee).sum());
            }
        }
    }

    /** Closes what it can, then opens the rest. */
    private static final class Naive {
        private BigDecimal quantity = BigDecimal.ZERO;
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal realized = BigDecimal.ZERO;

        void apply(Fill fill) {
            BigDecimal filled = BigDecimal.valueOf(fill.quantity());
            BigDecimal cash = BigDecimal.valueOf(fill.cash());
            if (quantity.signum() * filled.signum() < 0) {
                BigDecimal closed = quantity.abs().min(filled.abs());
                BigDecimal cashPart = cash.multiply(closed).divide(filled.abs(), 0, RoundingMode.HALF_EVEN);
                BigDecimal costPart = cost.multiply(closed).divide(quantity.abs(), 0, RoundingMode.HALF_EVEN);
                realized = realized.subtract(cashPart).subtract(costPart);
                cost = cost.subtract(costPart);
                quantity = quantity.add(closed.multiply(BigDecimal.valueOf(filled.signum())));
                filled = filled.subtract(closed.multiply(BigDecimal.valueOf(filled.signum())));
                cash = cash.subtract(cashPart);
            }
            quantity = quantity.add(filled);
            cost = cost.add(cash);
        }
    }
}
