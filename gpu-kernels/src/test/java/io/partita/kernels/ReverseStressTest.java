package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.pricing.BlackScholes;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReverseStressTest {

    private static final KernelEngine ENGINE = CpuEngine.of(1);
    private static final double DEVIATION = 0.02;
    private static final Cholesky ONE = Cholesky.of(new double[] {DEVIATION * DEVIATION}, 1);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** A put and a call at the money on the only factor, of a quarter of a year. */
    private static Revaluation straddle(double puts, double calls) {
        int none = OptionBook.NONE;
        OptionBook book = new OptionBook(1 + Revaluation.MORE, 0, new double[] {puts, calls}, new int[] {0, 1}, new int[2], new double[] {100, 100}, new double[] {100, 100},
                new double[] {0.25, 0.25}, new double[2], new double[2], new double[] {0.2, 0.2}, new int[2], new int[] {none, none}, new int[] {none, none}, 31);
        return new Revaluation(new double[1], List.of(new Revaluation.Options(book, new int[1], none)));
    }

    private static double gain(double puts, double calls, double move) {
        return puts * (BlackScholes.price(false, 100 * (1 + move), 100, 0.25, 0, 0, 0.2) - BlackScholes.price(false, 100, 100, 0.25, 0, 0, 0.2))
                + calls * (BlackScholes.price(true, 100 * (1 + move), 100, 0.25, 0, 0, 0.2) - BlackScholes.price(true, 100, 100, 0.25, 0, 0, 0.2));
    }

    @Test
    void of_amounts_it_is_what_the_formula_says_also_where_factors_move_as_one() {
        double[] covariance = {4e-4, 4e-4, 1e-4, 4e-4, 4e-4, 1e-4, 1e-4, 1e-4, 9e-4};
        double[] amounts = {1_000, -500, 2_000};
        ReverseStress found = ReverseStress.of(ENGINE, new Revaluation(amounts, List.of()), Cholesky.of(covariance, 3), 150);
        double[] slopes = new double[3];
        double variance = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                slopes[i] += covariance[i * 3 + j] * amounts[j];
            }
            variance += amounts[i] * slopes[i];
        }
        for (int i = 0; i < 3; i++) {
            assertThat(found.moves()[i]).isCloseTo(-150 * slopes[i] / variance, within(1e-12));
        }
        assertThat(found.distance()).isCloseTo(150 / Math.sqrt(variance), within(1e-9));
        assertThat(found.iterations()).isZero();
    }

    @Test
    void of_an_option_it_is_the_move_that_loses_so_much() {
        for (double[] held : new double[][] {{-100, 0}, {0, -100}, {50, 0}, {-100, -60}, {-60, -100}}) {
            double loss = held[0] > 0 ? 150 : 400;
            ReverseStress found = ReverseStress.of(ENGINE, straddle(held[0], held[1]), ONE, loss);
            assertThat(gain(held[0], held[1], found.moves()[0])).isCloseTo(-loss, within(1e-3));
            double nearest = Double.POSITIVE_INFINITY;
            for (double move = -0.5; move <= 0.5; move += 1e-5) {
                nearest = gain(held[0], held[1], move) <= -loss ? Math.min(nearest, Math.abs(move)) : nearest;
            }
            assertThat(found.distance()).as("%s puts, %s calls", held[0], held[1]).isCloseTo(nearest / DEVIATION, within(1e-3));
        }
    }

    @Test
    void a_loss_that_no_move_brings_is_refused() {
        assertThatThrownBy(() -> ReverseStress.of(ENGINE, straddle(1, 1), ONE, 1_000)).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(KernelRefusal.LOSS_NOT_REACHED));
        assertThatThrownBy(() -> ReverseStress.of(ENGINE, new Revaluation(new double[1], List.of()), ONE, 1)).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(KernelRefusal.LOSS_NOT_REACHED));
        assertThatThrownBy(() -> ReverseStress.of(ENGINE, straddle(1, 1), ONE, Double.NaN)).isInstanceOf(KernelRefusedException.class);
    }
}
