package io.partita.positions.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.money.Currency;
import io.partita.positions.fx.FxRates.Pair;
import io.partita.positions.product.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FxRatesTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final Currency JPY = Currency.of("JPY");
    private static final FxRates RATES = FxRates.of(Map.of(new Pair(EUR, USD), Price.parse("1.25"), new Pair(USD, JPY), Price.parse("150")));

    @Test
    void pairs_convert_both_ways_and_over_a_third_currency() {
        assertThat(RATES.conversion(EUR, USD).orElseThrow().of(100_00)).isEqualTo(125_00);
        assertThat(RATES.conversion(USD, EUR).orElseThrow().of(125_00)).isEqualTo(100_00);
        assertThat(RATES.conversion(EUR, JPY).orElseThrow().of(100_00)).as("cents into whole yen").isEqualTo(18_750);
        assertThat(RATES.conversion(JPY, EUR).orElseThrow().of(-18_750)).isEqualTo(-100_00);
        assertThat(RATES.conversion(EUR, JPY).orElseThrow().rate()).isEqualByComparingTo("187.5");
        assertThat(RATES.conversion(EUR, EUR).orElseThrow().of(7)).isEqualTo(7);
        assertThat(RATES.conversion(EUR, Currency.of("CHF"))).isEmpty();
        assertThat(FxRates.NONE.conversion(EUR, USD)).isEmpty();
    }

    @Test
    void any_amount_is_rounded_once_from_the_exact_one() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            Price rate = new Price(BigDecimal.valueOf(1 + random.nextLong(1_000_000_000), random.nextInt(10)));
            Currency to = List.of(USD, JPY, Currency.of("KWD")).get(random.nextInt(3));
            long amount = random.nextLong(1_000_000_000) - 500_000_000;
            BigDecimal exact = EUR.toMajor(amount).multiply(rate.value());
            assertThat(Conversion.of(EUR, to, rate).of(amount)).as("seed %s", seed)
                    .isEqualTo(exact.setScale(to.minorDigits(), RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
            long there = Conversion.of(EUR, to, rate).then(Conversion.of(EUR, to, rate).inverse()).of(amount);
            assertThat(there).as("there and back again is nothing").isEqualTo(amount);
        }
    }
}
