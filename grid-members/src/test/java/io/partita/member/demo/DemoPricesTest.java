package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoPricesTest {

    private static final LocalDate LAST = LocalDate.parse("2026-11-20");
    private static final DemoPrices PRICES = new DemoPrices(DemoWorld.SEED);

    @Test
    void the_closes_of_a_day_are_the_same_whatever_the_last_day_is() {
        List<DemoPrices.Day> all = PRICES.until(LAST);
        List<DemoPrices.Day> some = PRICES.until(LocalDate.parse("2024-02-29"));
        assertThat(all.subList(0, some.size())).isEqualTo(some);
        assertThat(some.getLast().day()).isEqualTo("2024-02-29");
        assertThat(PRICES.until(DemoPrices.FIRST.minusDays(1))).isEmpty();
    }

    @Test
    void there_are_business_days_only_and_all_prices_are_above_zero_and_near_where_they_began() {
        List<DemoPrices.Day> days = PRICES.until(LAST);
        assertThat(days).extracting(DemoPrices.Day::day).isSorted().doesNotHaveDuplicates().allMatch(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);
        DemoPrices.Day first = days.getFirst();
        assertThat(days).allSatisfy(day -> {
            assertThat(day.closes().keySet()).isEqualTo(first.closes().keySet());
            day.closes().forEach((symbol, close) -> {
                double ratio = close.price().doubleValue() / first.closes().get(symbol).price().doubleValue();
                assertThat(ratio).as(symbol).isBetween(symbol.equals(DemoPrices.CALL) || symbol.equals(DemoPrices.PUT) ? 0.05 : 0.4, symbol.length() > 8 ? 8 : 2.5);
            });
        });
    }
}
