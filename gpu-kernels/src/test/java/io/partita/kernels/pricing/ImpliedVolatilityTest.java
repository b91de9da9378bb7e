package io.partita.kernels.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusedException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImpliedVolatilityTest {

    @Test
    void what_a_price_was_made_of_is_found_again() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            boolean call = random.nextBoolean();
            double spot = random.nextDouble(20, 200);
            double strike = spot * random.nextDouble(0.8, 1.25);
            double years = random.nextDouble(0.05, 2);
            double rate = random.nextDouble(-0.01, 0.06);
            double carry = rate - random.nextDouble(0, 0.03);
            double volatility = random.nextDouble(0.1, 1.5);
            double price = BlackScholes.price(call, spot, strike, years, rate, carry, volatility);
            double found = ImpliedVolatility.ofEuropean(call, price, spot, strike, years, rate, carry).orElseThrow();
            // Far from the money a price hardly says which volatility made it, so it is the price that must come back.
            assertThat(BlackScholes.price(call, spot, strike, years, rate, carry, found)).isCloseTo(price, within(1e-7));
            if (i % 20 == 0) {
                double tree = AmericanOption.price(call, spot, strike, years, rate, carry, volatility, 101);
                double implied = ImpliedVolatility.ofAmerican(call, tree, spot, strike, years, rate, carry, 101).orElseThrow();
                assertThat(AmericanOption.price(call, spot, strike, years, rate, carry, implied, 101)).as("option %d", i).isCloseTo(tree, within(1e-6));
            }
        }
        assertThat(ImpliedVolatility.ofEuropean(true, BlackScholes.price(true, 100, 100, 0.5, 0.02, 0.02, 0.3), 100, 100, 0.5, 0.02, 0.02).orElseThrow())
                .isCloseTo(0.3, within(1e-10));
    }

    @Test
    void a_price_that_no_volatility_explains_has_none_and_the_least_price_has_volatility_zero() {
        assertThat(ImpliedVolatility.ofEuropean(true, 9.99, 110, 100, 1, 0, 0)).as("below what it pays for certain").isEmpty();
        assertThat(ImpliedVolatility.ofEuropean(true, 110.01, 110, 100, 1, 0, 0)).as("dearer than the share").isEmpty();
        assertThat(ImpliedVolatility.ofEuropean(true, 10, 110, 100, 1, 0, 0)).hasValue(0);
        assertThat(ImpliedVolatility.ofEuropean(false, 0, 110, 100, 1, 0, 0)).hasValue(0);
        assertThat(ImpliedVolatility.ofAmerican(false, 20, 80, 100, 1, 0.05, 0.05, 101)).as("exercised at once").hasValue(0);
        assertThat(ImpliedVolatility.ofAmerican(false, 19.9, 80, 100, 1, 0.05, 0.05, 101)).isEmpty();
        assertThat(ImpliedVolatility.ofEuropean(true, 5, 105, 100, 0, 0, 0)).as("no time is left").hasValue(0);
        assertThatThrownBy(() -> ImpliedVolatility.ofEuropean(true, Double.NaN, 110, 100, 1, 0, 0)).isInstanceOf(KernelRefusedException.class);
    }
}
