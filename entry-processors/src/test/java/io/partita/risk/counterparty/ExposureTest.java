package io.partita.risk.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    /** The table of paragraph 92 (i). */
    @ParameterizedTest
    @CsvSource({"INTEREST,365,0", "INTEREST,366,0.005", "INTEREST,1826,0.005", "INTEREST,1827,0.015", "CURRENCY,365,0.01", "CURRENCY,366,0.05", "CURRENCY,1827,0.075",
            "EQUITY,0,0.06", "EQUITY,366,0.08", "EQUITY,1827,0.10", "NONE,1827,0"})
    void the_add_on_is_a_share_of_the_notional_by_what_it_is_on_and_how_long(AddOn addOn, long days, BigDecimal share) {
        for (long notional : new long[] {0, 1, 9_999, 10_000, 123_456_789, Long.MAX_VALUE}) {
            assertThat(addOn.of(notional, days)).isEqualTo(share.multiply(BigDecimal.valueOf(notional)).setScale(0, RoundingMode.CEILING).longValueExact());
        }
    }

    @Test
    void what_can_be_set_off_is_netted_and_what_cannot_is_not() {
        List<Contract> contracts = List.of(new Contract(100, 10_000, AddOn.EQUITY, 30), new Contract(-60, 10_000, AddOn.EQUITY, 30));
        assertThat(Exposure.of(contracts, true, 0)).as("an NGR of 0.4 and 1,200 of add-ons").isEqualTo(new Exposure(100, 40, 40, 768));
        assertThat(Exposure.of(contracts, false, 0)).isEqualTo(new Exposure(100, 100, 100, 1_200));
        assertThat(Exposure.of(contracts, true, 30).current()).isEqualTo(10);
        assertThat(Exposure.of(contracts, true, 50).current()).isZero();
        assertThat(Exposure.of(contracts, true, -25).current()).as("what it holds is lost, too").isEqualTo(65);
        assertThat(Exposure.of(List.of(contracts.getLast()), true, -100).current()).as("but for what it is owed").isEqualTo(40);
        assertThat(Exposure.of(List.of(contracts.getLast()), false, -100).current()).isEqualTo(100);
        assertThat(Exposure.of(List.of(contracts.getLast()), true, 0).addOn()).as("no gross worth").isEqualTo(600);
        assertThat(Exposure.of(List.of(), true, 0)).isEqualTo(Exposure.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_set_agrees_with_decimals(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            List<Contract> contracts = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                contracts.add(new Contract(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), random.nextLong(0, 5_000_000_000_000L),
                        AddOn.values()[random.nextInt(4)], random.nextInt(4_000)));
            }
            boolean enforceable = random.nextBoolean();
            long collateral = random.nextLong(-1_000_000_000L, 1_000_000_000L);
            Exposure exposure = Exposure.of(contracts, enforceable, collateral);
            assertThat(exposure).isEqualTo(naive(contracts, enforceable, collateral));
            assertThat(exposure.netted()).isLessThanOrEqualTo(exposure.gross());
            assertThat(exposure.total()).isEqualTo(exposure.current() + exposure.addOn());
        }
    }

    private static Exposure naive(List<Contract> contracts, boolean enforceable, long collateral) {
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal addOns = BigDecimal.ZERO;
        for (Contract contract : contracts) {
            gross = gross.add(BigDecimal.valueOf(contract.worth()).max(BigDecimal.ZERO));
            sum = sum.add(BigDecimal.valueOf(contract.worth()));
            addOns = addOns.add(BigDecimal.valueOf(contract.addOn().of(contract.notional(), contract.days())));
        }
        BigDecimal netted = enforceable ? sum.max(BigDecimal.ZERO) : gross;
        BigDecimal current = (enforceable ? sum : gross).subtract(BigDecimal.valueOf(collateral)).max(BigDecimal.ZERO);
        // 0.4 G + 0.6 (N / W) G, multiplied out so that nothing is rounded on the way.
        BigDecimal addOn = !enforceable || gross.signum() == 0 ? addOns
                : addOns.multiply(new BigDecimal("0.4").multiply(gross).add(new BigDecimal("0.6").multiply(netted))).divide(gross, 0, RoundingMode.CEILING);
        return new Exposure(gross.longValueExact(), netted.longValueExact(), current.longValueExact(), addOn.longValueExact());
    }

    @Test
    void sums_that_do_not_fit_are_no_exposure() {
        Contract large = new Contract(Long.MAX_VALUE, 1, AddOn.NONE, 1);
        assertThatThrownBy(() -> Exposure.of(List.of(large, large), true, 0)).isInstanceOf(ArithmeticException.class);
    }
}
