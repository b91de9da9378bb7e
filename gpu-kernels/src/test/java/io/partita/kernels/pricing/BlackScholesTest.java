package io.partita.kernels.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.SharedData;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlackScholesTest {

    private static double number(String[] row, int column) {
        return Double.parseDouble(row[column]);
    }

    @Test
    void haugs_prices_are_given() throws IOException {
        for (String[] row : SharedData.rows("vectors/haug_black_scholes_values.csv")) {
            double rate = number(row, 4);
            double price = BlackScholes.price(row[0].equals("Call"), number(row, 2), number(row, 1), number(row, 5), rate, rate - number(row, 3),
                    number(row, 6));
            // As printed, and one of them is a digit and a half off in the fourth decimal.
            assertThat(price).as(String.join(",", row)).isCloseTo(number(row, 7), within(1.5e-4));
        }
    }

    @Test
    void haugs_greeks_are_given() throws IOException {
        for (String[] row : SharedData.rows("vectors/haug_greeks.csv")) {
            double rate = number(row, 5);
            double spot = number(row, 3);
            Greeks greeks = BlackScholes.greeks(row[1].equals("Call"), spot, number(row, 2), number(row, 6), rate, rate - number(row, 4),
                    number(row, 7));
            double found = switch (row[0]) {
                case "delta" -> greeks.delta();
                case "elasticity" -> greeks.delta() * spot / greeks.price();
                case "gamma" -> greeks.gamma();
                case "vega" -> greeks.vega();
                case "theta" -> greeks.theta();
                case "theta per day" -> greeks.theta() / 365;
                case "rho" -> greeks.rho();
                case "dividendRho" -> -greeks.carry();
                default -> throw new AssertionError(row[0]);
            };
            assertThat(found).as(String.join(",", row)).isCloseTo(number(row, 8), within(1e-4));
        }
    }

    @Test
    void stratas_prices_and_greeks_are_given_on_a_random_grid() {
        SplittableRandom random = new SplittableRandom(48);
        for (int i = 0; i < 20_000; i++) {
            double spot = random.nextDouble(1, 200);
            double strike = spot * Math.exp(random.nextDouble(-1, 1));
            double years = random.nextDouble(0.003, 10);
            double rate = random.nextDouble(-0.03, 0.12);
            double carry = rate - random.nextDouble(-0.02, 0.08);
            double volatility = random.nextDouble(0.02, 1.2);
            boolean call = random.nextBoolean();
            Greeks greeks = BlackScholes.greeks(call, spot, strike, years, rate, carry, volatility);
            double forward = spot * Math.exp(carry * years);
            double discount = Math.exp(-rate * years);
            String terms = "option " + i + " of seed 48";
            assertThat(greeks.price()).as(terms)
                    .isCloseTo(discount * BlackFormulaRepository.price(forward, strike, years, volatility, call), within(1e-12 * (spot + strike)));
            assertThat(greeks.delta()).as(terms).isCloseTo(
                    discount * BlackFormulaRepository.delta(forward, strike, years, volatility, call) * forward / spot, within(1e-12));
            assertThat(greeks.gamma() * spot).as(terms).isCloseTo(
                    discount * BlackFormulaRepository.gamma(forward, strike, years, volatility) * forward / spot * forward, within(1e-10));
            assertThat(greeks.vega()).as(terms)
                    .isCloseTo(discount * BlackFormulaRepository.vega(forward, strike, years, volatility), within(1e-11 * (spot + strike)));
            assertThat(BlackScholes.price(call, spot, strike, years, rate, carry, volatility)).isEqualTo(greeks.price());
        }
    }

    @Test
    void greeks_are_what_prices_do() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            double s = random.nextDouble(50, 150);
            double k = random.nextDouble(60, 140);
            double t = random.nextDouble(0.1, 3);
            double r = random.nextDouble(-0.02, 0.1);
            double b = random.nextDouble(-0.05, 0.1);
            double v = random.nextDouble(0.1, 0.6);
            boolean c = random.nextBoolean();
            Greeks greeks = BlackScholes.greeks(c, s, k, t, r, b, v);
            double h = 1e-4;
            String terms = "option " + i + " of seed 7";
            assertThat(greeks.delta()).as(terms).isCloseTo(
                    (BlackScholes.price(c, s + h, k, t, r, b, v) - BlackScholes.price(c, s - h, k, t, r, b, v)) / (2 * h), within(1e-7));
            assertThat(greeks.gamma()).as(terms).isCloseTo(
                    (BlackScholes.greeks(c, s + h, k, t, r, b, v).delta() - BlackScholes.greeks(c, s - h, k, t, r, b, v).delta()) / (2 * h),
                    within(1e-7));
            assertThat(greeks.vega()).as(terms).isCloseTo(
                    (BlackScholes.price(c, s, k, t, r, b, v + h) - BlackScholes.price(c, s, k, t, r, b, v - h)) / (2 * h), within(1e-3));
            assertThat(greeks.theta()).as(terms).isCloseTo(
                    (BlackScholes.price(c, s, k, t - h, r, b, v) - BlackScholes.price(c, s, k, t + h, r, b, v)) / (2 * h), within(1e-3));
            assertThat(greeks.rho()).as(terms).isCloseTo(
                    (BlackScholes.price(c, s, k, t, r + h, b + h, v) - BlackScholes.price(c, s, k, t, r - h, b - h, v)) / (2 * h), within(1e-3));
            assertThat(greeks.carry()).as(terms).isCloseTo(
                    (BlackScholes.price(c, s, k, t, r, b + h, v) - BlackScholes.price(c, s, k, t, r, b - h, v)) / (2 * h), within(1e-3));
            assertThat(greeks.rhoOfFuture()).as(terms).isCloseTo(-t * greeks.price(), within(1e-9));
        }
    }

    @Test
    void a_call_less_a_put_is_the_forward_less_the_strike_to_the_last_limits() {
        double[] spots = {0, 1e-300, 1e-3, 100, 1e30};
        double[] strikes = {0, 1e-300, 1, 100, 1e30};
        for (double spot : spots) {
            for (double strike : strikes) {
                for (double years : new double[] {0, 1e-12, 1, 100}) {
                    for (double volatility : new double[] {0, 1e-12, 0.2, 100}) {
                        Greeks call = BlackScholes.greeks(true, spot, strike, years, 0.03, 0.01, volatility);
                        Greeks put = BlackScholes.greeks(false, spot, strike, years, 0.03, 0.01, volatility);
                        double forward = spot * Math.exp(-0.02 * years);
                        double owed = strike * Math.exp(-0.03 * years);
                        assertThat(call.price() - put.price()).isCloseTo(forward - owed, within(1e-12 * (forward + owed)));
                        for (Greeks greeks : new Greeks[] {call, put}) {
                            assertThat(new double[] {greeks.price(), greeks.delta(), greeks.gamma(), greeks.vega(), greeks.theta(), greeks.rho(),
                                    greeks.carry()}).as("%s %s %s %s", spot, strike, years, volatility).doesNotContain(Double.NaN);
                            assertThat(greeks.price()).isNotNegative();
                        }
                    }
                }
            }
        }
    }

    @Test
    void an_option_without_volatility_is_worth_what_it_pays_at_the_forward() {
        assertThat(BlackScholes.price(true, 100, 90, 1, 0.05, 0.05, 0)).isCloseTo(100 - 90 * Math.exp(-0.05), within(1e-12));
        assertThat(BlackScholes.price(false, 100, 90, 1, 0.05, 0.05, 0)).isZero();
        assertThat(BlackScholes.greeks(true, 100, 90, 0, 0.05, 0.05, 0.2)).satisfies(expired -> {
            assertThat(expired.price()).isEqualTo(10);
            assertThat(expired.delta()).isEqualTo(1);
            assertThat(expired.gamma()).isZero();
        });
        assertThat(BlackScholes.greeks(true, 100, 100, 0, 0, 0, 0.2).delta()).as("at the strike").isEqualTo(0.5);
    }

    @Test
    void bulk_gives_what_one_by_one_gives_and_refuses_before_it_writes() {
        int n = 500;
        SplittableRandom random = new SplittableRandom(3);
        int[] call = random.ints(n, 0, 2).toArray();
        double[] spot = random.doubles(n, 50, 150).toArray();
        double[] strike = random.doubles(n, 50, 150).toArray();
        double[] years = random.doubles(n, 0, 2).toArray();
        double[] rate = random.doubles(n, 0, 0.1).toArray();
        double[] carry = random.doubles(n, 0, 0.1).toArray();
        double[] volatility = random.doubles(n, 0, 0.5).toArray();
        double[] out = new double[7 * n];
        BlackScholes.greeks(call, spot, strike, years, rate, carry, volatility, out);
        for (int i = 0; i < n; i++) {
            Greeks one = BlackScholes.greeks(call[i] == 1, spot[i], strike[i], years[i], rate[i], carry[i], volatility[i]);
            assertThat(new double[] {one.price(), one.delta(), one.gamma(), one.vega(), one.theta(), one.rho(), one.carry()})
                    .containsExactly(Arrays.copyOfRange(out, 7 * i, 7 * i + 7));
        }
        double[] untouched = new double[7 * n];
        volatility[n - 1] = Double.NaN;
        assertThatThrownBy(() -> BlackScholes.greeks(call, spot, strike, years, rate, carry, volatility, untouched))
                .isInstanceOf(KernelRefusedException.class);
        assertThat(untouched).containsOnly(0);
    }

    @Test
    void what_is_no_option_is_refused() {
        refuses(KernelRefusal.NOT_POSITIVE, -1, 100, 1, 0, 0, 0.2);
        refuses(KernelRefusal.NOT_POSITIVE, 100, -1, 1, 0, 0, 0.2);
        refuses(KernelRefusal.NOT_POSITIVE, 100, 100, -1, 0, 0, 0.2);
        refuses(KernelRefusal.NOT_POSITIVE, 100, 100, 1, 0, 0, -0.2);
        refuses(KernelRefusal.NOT_FINITE, Double.NaN, 100, 1, 0, 0, 0.2);
        refuses(KernelRefusal.NOT_FINITE, 100, 100, 1, Double.NaN, 0, 0.2);
        refuses(KernelRefusal.NOT_FINITE, 100, 100, 1, 0, Double.NEGATIVE_INFINITY, 0.2);
        refuses(KernelRefusal.OUT_OF_RANGE, 100, 100, 201, 0, 0, 0.2);
        refuses(KernelRefusal.OUT_OF_RANGE, 100, 100, 100, -0.6, 0, 0.2);
        refuses(KernelRefusal.OUT_OF_RANGE, 100, 100, 1, 0, 0, 101);
    }

    private static void refuses(KernelRefusal refusal, double spot, double strike, double years, double rate, double carry, double volatility) {
        assertThatThrownBy(() -> BlackScholes.price(true, spot, strike, years, rate, carry, volatility))
                .isInstanceOfSatisfying(KernelRefusedException.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
        assertThatThrownBy(() -> AmericanOption.price(true, spot, strike, years, rate, carry, volatility))
                .isInstanceOfSatisfying(KernelRefusedException.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
