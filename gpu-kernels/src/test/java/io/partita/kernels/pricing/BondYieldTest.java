package io.partita.kernels.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusedException;
import org.junit.jupiter.api.Test;

class BondYieldTest {

    private static final double[] PAYMENTS = {3, 3, 103};
    private static final double[] YEARS = {0.5, 1.5, 2.5};

    @Test
    void the_rate_that_made_a_price_is_found_again() {
        for (double rate : new double[] {-0.02, 0, 0.01, 0.05, 0.5}) {
            double price = 3 * Math.exp(-0.5 * rate) + 3 * Math.exp(-1.5 * rate) + 103 * Math.exp(-2.5 * rate);
            assertThat(BondYield.price(PAYMENTS, YEARS, rate)).isCloseTo(price, within(1e-12));
            assertThat(BondYield.of(PAYMENTS, YEARS, price).orElseThrow()).isCloseTo(rate, within(1e-12));
        }
    }

    @Test
    void a_price_that_no_rate_gives_has_none() {
        assertThat(BondYield.of(PAYMENTS, YEARS, 1e6)).isEmpty();
        assertThat(BondYield.of(new double[0], new double[0], 100)).isEmpty();
        assertThat(BondYield.of(new double[] {100}, new double[] {0}, 90)).as("paid now, whatever the rate").isEmpty();
        assertThatThrownBy(() -> BondYield.of(PAYMENTS, YEARS, 0)).isInstanceOf(KernelRefusedException.class);
        assertThatThrownBy(() -> BondYield.of(PAYMENTS, new double[2], 100)).isInstanceOf(KernelRefusedException.class);
    }
}
