package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.pricing.AmericanOption;
import io.partita.kernels.pricing.BlackScholes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RevaluationTest {

    private static final KernelEngine ENGINE = CpuEngine.of(2, 64);
    /** Two shares at home, one abroad, and the currency there. */
    private static final double[] AMOUNTS = {1_000, -2_000, 0, 500};
    private static final int ABROAD = 3;
    private static final int STEPS = 51;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static OptionBook book(int prices, int american, boolean moving, double... spot) {
        int n = spot.length;
        int[] call = new int[n];
        int[] early = new int[n];
        double[] quantity = new double[n];
        double[] strike = new double[n];
        int[] factor = new int[n];
        for (int i = 0; i < n; i++) {
            call[i] = i % 2;
            early[i] = i == american ? 1 : 0;
            quantity[i] = i % 3 == 0 ? -40 : 25;
            strike[i] = spot[i] * (0.95 + 0.05 * i);
            factor[i] = i % prices;
        }
        int[] volatility = new int[n];
        int[] rate = new int[n];
        Arrays.fill(volatility, moving ? prices : OptionBook.NONE);
        Arrays.fill(rate, moving ? prices + 1 : OptionBook.NONE);
        return new OptionBook(prices + Revaluation.MORE, 0, quantity, call, early, spot, strike, filled(n, 0.4), filled(n, 0.02), filled(n, 0.02), filled(n, 0.3), factor,
                volatility, rate, STEPS);
    }

    private static double[] filled(int n, double value) {
        double[] array = new double[n];
        Arrays.fill(array, value);
        return array;
    }

    private static Revaluation portfolio(boolean moving) {
        return new Revaluation(AMOUNTS, List.of(new Revaluation.Options(book(2, 1, moving, 100, 100, 50), new int[] {0, 1}, OptionBook.NONE),
                new Revaluation.Options(book(1, -1, moving, 80, 90), new int[] {2}, ABROAD)));
    }

    /** What one position gains, by nothing but the formula. */
    private static double naive(Revaluation.Options group, int i, double[] r, double swing, double rate) {
        OptionBook book = group.book();
        double currency = group.currency() == OptionBook.NONE ? 0 : r[group.currency()];
        double spot = book.spot()[i] * (1 + r[group.prices()[book.spotFactor()[i]]]) / (1 + currency);
        return book.quantity()[i] * ((1 + currency) * price(book, i, spot, book.volatility()[i] * (1 + swing), rate) - price(book, i, book.spot()[i], book.volatility()[i], 0));
    }

    private static double price(OptionBook book, int i, double spot, double volatility, double shift) {
        boolean call = book.call()[i] != 0;
        return book.american()[i] != 0
                ? AmericanOption.price(call, spot, book.strike()[i], book.years()[i], book.rate()[i] + shift, book.carry()[i] + shift, volatility, STEPS)
                : BlackScholes.price(call, spot, book.strike()[i], book.years()[i], book.rate()[i] + shift, book.carry()[i] + shift, volatility);
    }

    @Test
    void each_position_gains_what_the_formula_says_and_the_portfolio_their_sum() {
        SplittableRandom random = new SplittableRandom(3);
        for (boolean moving : new boolean[] {false, true}) {
            Revaluation portfolio = portfolio(moving);
            int count = 200;
            double[] moves = new double[count * portfolio.width()];
            for (int at = 0; at < moves.length; at++) {
                boolean more = at % portfolio.width() >= portfolio.factors();
                moves[at] = more && !moving ? 0 : more && at % portfolio.width() == portfolio.width() - 1 ? random.nextDouble(-0.02, 0.02) : random.nextDouble(-0.3, 0.3);
            }
            double[] profits = portfolio.profits(ENGINE, moves, count);
            double[] gains = portfolio.gains(ENGINE, moves, count);
            for (int s = 0; s < count; s++) {
                double[] r = Arrays.copyOfRange(moves, s * portfolio.width(), s * portfolio.width() + portfolio.factors());
                double swing = moves[(s + 1) * portfolio.width() - 2];
                double rate = moves[(s + 1) * portfolio.width() - 1];
                double sum = 0;
                int at = s * portfolio.positions();
                for (int i = 0; i < AMOUNTS.length; i++) {
                    assertThat(gains[at++]).isEqualTo(AMOUNTS[i] * r[i]);
                    sum += AMOUNTS[i] * r[i];
                }
                for (Revaluation.Options group : portfolio.options()) {
                    for (int i = 0; i < group.book().positions(); i++) {
                        double gain = naive(group, i, r, swing, rate);
                        assertThat(gains[at++]).isCloseTo(gain, within(1e-8));
                        sum += gain;
                    }
                }
                assertThat(profits[s]).isCloseTo(sum, within(1e-7));
            }
        }
    }

    @Test
    void small_moves_gain_what_first_derivatives_say() {
        Revaluation portfolio = portfolio(false);
        double[] deltas = portfolio.deltas();
        double h = 1e-5;
        for (int factor = 0; factor < deltas.length; factor++) {
            double[] moves = new double[2 * portfolio.width()];
            moves[factor] = h;
            moves[portfolio.width() + factor] = -h;
            double[] profits = portfolio.profits(ENGINE, moves, 2);
            assertThat(deltas[factor]).as("factor %d", factor).isCloseTo((profits[0] - profits[1]) / (2 * h), within(2.0));
            double[] byDelta = portfolio.gainsByDelta(moves, 2);
            assertThat(Arrays.stream(byDelta, 0, portfolio.positions()).sum()).isCloseTo(deltas[factor] * h, within(1e-9));
        }
    }

    @Test
    void scenarios_that_are_drawn_in_parts_are_those_that_are_drawn_at_once() {
        Revaluation portfolio = portfolio(false);
        Scenarios scenarios = Scenarios.Simulated.of(3_000, Cholesky.of(Samples.covariance(4, 2), 4), 11, Draws.ANTITHETIC);
        double[] profits = portfolio.profits(ENGINE, scenarios);
        for (int s = 0; s < 3_000; s += 7) {
            double[] alone = portfolio.profits(ENGINE, portfolio.widened(NaiveTwin.moves(scenarios, s), 1), 1);
            assertThat(profits[s]).isCloseTo(alone[0], within(1e-9));
        }
        TailParts parts = TailParts.of(profits, 0.99, portfolio.positions(), near -> portfolio.gains(ENGINE, scenarios, near));
        assertThat(Arrays.stream(parts.valueAtRisk()).sum()).isCloseTo(parts.risk().valueAtRisk(), within(1e-9));
        assertThat(Arrays.stream(parts.shortfall()).sum()).isCloseTo(parts.risk().shortfall(), within(1e-9));
    }

    @Test
    void moves_that_follow_each_other_are_those_of_each_alone() {
        for (Draws draws : Draws.values()) {
            Scenarios scenarios = Samples.scenarios(501, 9, 4, draws);
            int[] chosen = {3, 4, 5, 500, 0, 249, 250, 251, 252, 77};
            double[] moves = ENGINE.moves(scenarios, chosen);
            for (int k = 0; k < chosen.length; k++) {
                assertThat(Arrays.copyOfRange(moves, k * 9, (k + 1) * 9)).as("%s %d", draws, chosen[k]).isEqualTo(ENGINE.moves(scenarios, new int[] {chosen[k]}));
            }
        }
    }

    @Test
    void a_price_that_would_fall_below_zero_leaves_an_option_that_pays_at_nothing() {
        Revaluation portfolio = new Revaluation(new double[1], List.of(new Revaluation.Options(book(1, -1, false, 100), new int[1], OptionBook.NONE)));
        double put = -40 * (95 * Math.exp(-0.02 * 0.4) - price(portfolio.options().getFirst().book(), 0, 100, 0.3, 0));
        assertThat(portfolio.profits(ENGINE, new double[] {-1.7, 0, 0}, 1)[0]).isCloseTo(put, within(1e-4));
        assertThatThrownBy(() -> portfolio.profits(ENGINE, new double[] {Double.NaN, 0, 0}, 1)).isInstanceOf(KernelRefusedException.class);
        assertThatThrownBy(() -> portfolio.profits(ENGINE, new double[2], 1)).isInstanceOf(KernelRefusedException.class);
    }
}
