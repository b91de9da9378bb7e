package io.partita.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MoneyTest {

    private static final Currency EUR = Currency.of("EUR");

    @Test
    void every_currency_has_its_own_positive_number_and_is_found_by_it() {
        Set<Short> numbers = new HashSet<>();
        for (java.util.Currency listed : java.util.Currency.getAvailableCurrencies()) {
            Currency.find(listed.getCurrencyCode()).ifPresent(currency -> {
                assertThat(currency.number()).isPositive();
                assertThat(numbers.add(currency.number())).isTrue();
                assertThat(Currency.ofNumber(currency.number())).isSameAs(currency);
                assertThat(currency.minorDigits()).isEqualTo(listed.getDefaultFractionDigits());
            });
        }
        assertThat(numbers).hasSizeGreaterThan(150);
        assertThat(Currency.of("xbt").minorDigits()).isEqualTo(8);
    }

    @Test
    void every_security_can_have_a_unit_of_its_own_that_no_currency_is_taken_for() {
        Set<Short> numbers = new HashSet<>();
        Set<String> codes = new HashSet<>();
        for (int index = 0; index < Currency.MAX_UNITS; index++) {
            Currency unit = Currency.unit(index);
            assertThat(unit.code()).matches("[A-Z][0-9][0-9A-Z]");
            assertThat(numbers.add(unit.number()) && codes.add(unit.code())).isTrue();
            assertThat(unit.number()).isPositive();
            assertThat(Currency.of(unit.code().toLowerCase(java.util.Locale.ROOT))).isSameAs(unit);
            assertThat(Currency.ofNumber(unit.number())).isSameAs(unit);
            byte[] code = unit.code().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(Currency.of(code[0], code[1], code[2])).isSameAs(unit);
            assertThat(unit.unitIndex()).isEqualTo(index);
        }
        assertThat(Currency.unit(0)).hasToString("A00").matches(Currency::isUnit);
        assertThat(Money.of(1234, Currency.unit(37))).hasToString("A11 1234");
        assertThat(EUR.isUnit()).isFalse();
        assertThat(Currency.of((byte) 'E', (byte) 'U', (byte) 'R')).isSameAs(EUR);
        assertThat(Currency.find("978")).as("the number of a currency is no unit").isEmpty();
    }

    @Test
    void what_is_no_currency_is_refused() {
        for (String code : new String[] {"", "EU", "EURO", "XAU", "XXX", "€", " EUR", "A0", "A0_", "00A", "AA0", "A0é"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Currency.of(code)).withMessageContaining("'" + code + "'");
        }
        assertThat(Currency.find(null)).isEmpty();
        for (int number : new int[] {0, -1, Short.MIN_VALUE, Short.MAX_VALUE, 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Currency.ofNumber((short) number));
        }
    }

    @Test
    void any_amount_survives_its_text() {
        Random random = new Random(1);
        for (String code : new String[] {"EUR", "JPY", "KWD", "XBT", "CLF"}) {
            Currency currency = Currency.of(code);
            for (long minor : new long[] {0, 1, -1, 9, 10, 99, 100, -100, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong(), random.nextLong()}) {
                Money money = Money.of(minor, currency);
                assertThat(Money.parse(money.toString())).isEqualTo(money);
                assertThat(money.major()).isEqualTo(BigDecimal.valueOf(minor, currency.minorDigits()));
            }
        }
        assertThat(Money.of(1234, EUR)).hasToString("EUR 12.34");
        assertThat(Money.of(-5, EUR)).hasToString("EUR -0.05");
        assertThat(Money.of(1234, Currency.of("JPY"))).hasToString("JPY 1234");
        assertThat(Money.parse("12.3400", EUR)).isEqualTo(Money.of(1234, EUR));
        assertThat(Money.parse("1E3", EUR)).isEqualTo(Money.of(100_000, EUR));
        assertThat(Money.parse("0E+99", EUR)).isEqualTo(Money.zero(EUR));
    }

    @Test
    void what_is_no_amount_is_refused() {
        for (String major : new String[] {"", "x", "1,5", "0x10", "NaN", "12.345", "0.001", "92233720368547758.08", "-92233720368547758.09", "1e17"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Money.parse(major, EUR)).withMessageContaining("'" + major + "'");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parse("EUR"));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parse("EUX 1"));
    }

    @Test
    void an_exponent_out_of_this_world_costs_no_time() {
        for (String major : new String[] {"1e100000000", "1e-100000000", "1e1000000000", "1e-1000000000", "-3e2147483647", "7e-2147483647", "123456789e999999999"}) {
            assertTimeoutPreemptively(Duration.ofSeconds(2),
                    () -> assertThatIllegalArgumentException().isThrownBy(() -> Money.parse(major, EUR)));
        }
    }

    @Test
    void arithmetic_is_exact_or_throws() {
        Money most = Money.of(Long.MAX_VALUE, EUR);
        assertThat(most.minus(Money.of(1, EUR)).plus(Money.of(1, EUR))).isEqualTo(most);
        assertThatThrownBy(() -> most.plus(Money.of(1, EUR))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(Long.MIN_VALUE, EUR).negated()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(Long.MIN_VALUE, EUR).minus(Money.of(1, EUR))).isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> most.plus(Money.zero(Currency.of("USD"))));
        assertThatIllegalArgumentException().isThrownBy(() -> most.compareTo(Money.zero(Currency.of("USD"))));
        assertThat(Money.of(-1, EUR)).isLessThan(Money.zero(EUR));
    }
}
