package io.partita.positions.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.VanillaOption.Exercise;
import io.partita.positions.product.VanillaOption.Right;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final Currency JPY = Currency.of("JPY");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private static PositionRefusal refusal(Runnable work) {
        PositionRefused refused = catchThrowableOfType(PositionRefused.class, work::run);
        assertThat(refused).isNotNull();
        return refused.code();
    }

    @ParameterizedTest
    @CsvSource({"NaN,PRICE_NOT_A_NUMBER", "-inf,PRICE_NOT_A_NUMBER", "Infinity,PRICE_NOT_A_NUMBER", "1e5,MALFORMED_PRICE", "'1,5',MALFORMED_PRICE",
            "0x1,MALFORMED_PRICE",
        "'',MISSING_FIELD", "'  ',MISSING_FIELD", "1.1234567890123,PRICE_TOO_FINE", "1234567890123456,PRICE_TOO_LARGE",
        "123456789.1234567891,PRICE_TOO_LARGE", ".,MALFORMED_PRICE",
        "1..2,MALFORMED_PRICE", "٣,MALFORMED_PRICE"})
    void what_is_no_price_is_refused_with_its_code(String text, PositionRefusal code) {
        assertThat(refusal(() -> Price.parse(text))).isEqualTo(code);
    }

    @Test
    void trailing_zeros_do_not_make_another_price() {
        assertThat(Price.parse("67.8500")).isEqualTo(Price.parse("67.85")).hasToString("67.85");
        assertThat(Price.parse("1.1000000000000000000000")).isEqualTo(Price.parse("1.1"));
        assertThat(Price.parse("-0.000")).isEqualTo(Price.ZERO);
        assertThat(Price.parse("100")).hasToString("100");
        assertThat(refusal(() -> new Price(new BigDecimal("1e999999999")))).isEqualTo(PositionRefusal.PRICE_TOO_LARGE);
    }

    @Test
    void each_product_is_worth_its_quantity_times_its_price() {
        assertThat(new Cash(EUR).worth(-1_234, Price.ONE, DAY)).isEqualTo(-1_234);
        assertThat(new Equity("ACME", USD).worth(100, Price.parse("67.8542"), DAY)).isEqualTo(678_542);
        assertThat(new Equity("SONY", JPY).worth(3, Price.parse("0.5"), DAY)).as("half a yen rounds to even").isEqualTo(2);
        assertThat(CurrencyPair.of(EUR, USD).worth(100_00, Price.parse("1.0875"), DAY)).isEqualTo(108_75);
        assertThat(CurrencyPair.of(EUR, JPY).worth(100_00, Price.parse("163.2"), DAY)).as("cents into whole yen").isEqualTo(16_320);
        assertThat(new Future("OILZ6", USD, null, 1_000, DAY).worth(2, Price.parse("-37.63"), DAY)).isEqualTo(-7_526_000);
        assertThat(new FxForward("EURUSD-3M", EUR, USD, DAY).worth(-100_00, Price.parse("1.09"), DAY)).isEqualTo(-10_900);
        VanillaOption call = new VanillaOption("ACME-C70", USD, "ACME", Right.CALL, Exercise.AMERICAN, Price.parse("70"), 100, DAY);
        assertThat(call.worth(5, Price.parse("1.25"), DAY)).isEqualTo(62_500);
        assertThat(call.intrinsic(Price.parse("72.5"))).isEqualTo(Price.parse("2.5"));
        assertThat(call.intrinsic(Price.parse("69"))).isEqualTo(Price.ZERO);
    }

    @Test
    void any_worth_is_the_exact_one_rounded_once() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            long quantity = random.nextLong(20_000) - 10_000;
            long multiplier = 1 + random.nextInt(1_000);
            Price price = new Price(BigDecimal.valueOf(random.nextLong(1_000_000_000), random.nextInt(7)));
            BigInteger numerator = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(multiplier)).multiply(BigInteger.valueOf(100))
                    .multiply(price.value().unscaledValue());
            BigDecimal expected = new BigDecimal(numerator).divide(BigDecimal.TEN.pow(price.value().scale()), 0, RoundingMode.HALF_EVEN);
            assertThat(new Future("F", USD, null, multiplier, DAY).value(quantity, price)).as("seed %s", seed).isEqualTo(expected.longValueExact());
        }
    }

    @Test
    void what_does_not_fit_is_refused_and_never_wraps_around() {
        Equity share = new Equity("ACME", USD);
        assertThat(refusal(() -> share.value(Long.MAX_VALUE, Price.parse("1")))).isEqualTo(PositionRefusal.NUMBER_TOO_LARGE);
        assertThat(refusal(() -> share.value(1, Price.parse("-1")))).isEqualTo(PositionRefusal.NEGATIVE_PRICE);
        assertThat(refusal(() -> CurrencyPair.of(EUR, USD).value(1, Price.ZERO))).isEqualTo(PositionRefusal.ZERO_PRICE);
    }

    @Test
    void terms_that_cannot_be_are_refused_with_their_code() {
        assertThat(refusal(() -> new Equity("acme", USD))).isEqualTo(PositionRefusal.MALFORMED_SYMBOL);
        assertThat(refusal(() -> new Equity(null, USD))).isEqualTo(PositionRefusal.MISSING_FIELD);
        assertThat(refusal(() -> new Equity("ACME", Currency.unit(3)))).isEqualTo(PositionRefusal.MALFORMED_CURRENCY);
        assertThat(refusal(() -> CurrencyPair.of(EUR, EUR))).isEqualTo(PositionRefusal.INVALID_PAIR);
        assertThat(refusal(() -> new Future("F", USD, null, 0, DAY))).isEqualTo(PositionRefusal.INVALID_MULTIPLIER);
        assertThat(refusal(() -> new Future("F", USD, "F", 1, DAY))).isEqualTo(PositionRefusal.INVALID_UNDERLYING);
        assertThat(refusal(() -> new Future("F", USD, null, 1, LocalDate.of(2300, 1, 1)))).isEqualTo(PositionRefusal.MALFORMED_DAY);
        assertThat(refusal(() -> new VanillaOption("O", USD, "ACME", Right.PUT, Exercise.EUROPEAN, Price.ZERO, 1, DAY)))
                .isEqualTo(PositionRefusal.INVALID_STRIKE);
        assertThat(refusal(() -> bond(DAY, DAY, "4", 2, DayCount.ACT_365F))).isEqualTo(PositionRefusal.INVALID_TERM);
        assertThat(refusal(() -> bond(DAY, DAY.plusYears(1), "-1", 2, DayCount.ACT_365F))).isEqualTo(PositionRefusal.INVALID_COUPON);
        assertThat(refusal(() -> bond(DAY, DAY.plusYears(1), "1", 3, DayCount.ACT_365F))).isEqualTo(PositionRefusal.INVALID_FREQUENCY);
        assertThat(refusal(() -> new FixedCouponBond("B", EUR, 0, DAY, DAY.plusYears(1), BigDecimal.ONE, 1, DayCount.ACT_360)))
                .isEqualTo(PositionRefusal.INVALID_FACE);
    }

    private static FixedCouponBond bond(LocalDate issued, LocalDate maturity, String percent, int frequency, DayCount count) {
        return new FixedCouponBond("B", EUR, 1_000_00, issued, maturity, new BigDecimal(percent), frequency, count);
    }

    /** Examples of days by the 2006 ISDA Definitions, 4.16: the ends of February and of months of 31 days. */
    @ParameterizedTest
    @CsvSource({"THIRTY_360,2007-01-15,2007-01-30,15", "THIRTY_360,2007-01-31,2007-03-31,60", "THIRTY_360,2007-01-15,2007-03-31,76",
            "THIRTY_360,2008-02-28,2008-03-31,33",
        "THIRTY_E_360,2007-01-15,2007-03-31,75", "THIRTY_E_360,2007-02-28,2007-03-31,32", "THIRTY_E_360,2007-01-31,2007-02-28,28",
        "ACT_365F,2008-01-01,2009-01-01,366",
        "ACT_360,2007-02-01,2007-03-01,28"})
    void days_are_counted_as_the_definitions_do(DayCount count, LocalDate from, LocalDate to, long days) {
        assertThat(count.between(from, to, new DayCount.Period(from, to, 1)).days()).isEqualTo(days);
    }

    @Test
    void interest_accrues_to_the_coupon_and_begins_anew() {
        FixedCouponBond bond = bond(LocalDate.of(2024, 8, 31), LocalDate.of(2029, 8, 31), "5", 2, DayCount.ACT_ACT_ICMA);
        assertThat(bond.couponDays()).startsWith(LocalDate.of(2025, 2, 28), LocalDate.of(2025, 8, 31)).endsWith(LocalDate.of(2029, 8, 31))
                .hasSize(10);
        assertThat(bond.accrued(10, LocalDate.of(2025, 2, 28))).isZero();
        assertThat(bond.accrued(10, LocalDate.of(2025, 8, 30))).isEqualTo(Math.round(10 * 1_000_00 * 0.05 / 2 * 183 / 184));
        assertThat(bond.coupon(10, LocalDate.of(2025, 8, 31))).isEqualTo(25_000);
        assertThat(bond.accrued(-10, LocalDate.of(2025, 3, 1))).as("whoever is short owes it").isNegative();
        assertThat(bond.accrued(10, LocalDate.of(2024, 8, 31))).isZero();
        assertThat(bond.accrued(10, LocalDate.of(2029, 8, 31))).as("it was paid back").isZero();
        assertThat(bond.worth(10, Price.parse("98.5"), LocalDate.of(2025, 2, 28))).isEqualTo(985_000);
        assertThat(refusal(() -> bond.coupon(1, LocalDate.of(2025, 3, 1)))).isEqualTo(PositionRefusal.MALFORMED_DAY);
    }

    @Test
    void interest_never_falls_within_a_period_whatever_the_bond() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            LocalDate issued = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(5_000));
            LocalDate maturity = issued.plusDays(30 + random.nextInt(9_000));
            DayCount count = DayCount.values()[random.nextInt(5)];
            int frequency = List.of(1, 2, 4, 12).get(random.nextInt(4));
            FixedCouponBond bond = bond(issued, maturity, "7.25", frequency, count);
            List<LocalDate> coupons = bond.couponDays();
            assertThat(coupons.getLast()).isEqualTo(maturity);
            assertThat(coupons).as("seed %s", seed).isSorted().doesNotHaveDuplicates();
            LocalDate first = issued;
            long whole = Math.round(7_250.0 * 100 / frequency);
            for (LocalDate coupon : coupons.subList(0, Math.min(3, coupons.size()))) {
                long last = 0;
                for (LocalDate day = first; day.isBefore(coupon); day = day.plusDays(1)) {
                    long accrued = bond.accrued(100, day);
                    assertThat(accrued).as("seed %s, %s of %s", seed, day, bond).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(whole * 105 / 100
                            + 1);
                    last = accrued;
                }
                assertThat(bond.coupon(100, coupon)).as("seed %s, %s", seed, coupon).isBetween(last * 90 / 100, whole * 105 / 100 + 1);
                first = coupon;
            }
        }
    }
}
