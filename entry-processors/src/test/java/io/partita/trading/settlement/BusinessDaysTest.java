package io.partita.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BusinessDaysTest {

    /** Christmas of 2026: a Friday. */
    private static final LocalDate CHRISTMAS = LocalDate.of(2026, 12, 25);

    @Test
    void holidays_and_weekends_are_passed_over() {
        BusinessDays days = new BusinessDays(Set.of(CHRISTMAS, LocalDate.of(2026, 12, 28)));
        assertThat(days.after(LocalDate.of(2026, 12, 23), 1)).isEqualTo("2026-12-24");
        assertThat(days.after(LocalDate.of(2026, 12, 24), 1)).isEqualTo("2026-12-29");
        assertThat(days.after(LocalDate.of(2026, 12, 23), 2)).isEqualTo("2026-12-29");
        assertThat(BusinessDays.WEEKDAYS.after(LocalDate.of(2026, 12, 24), 2)).isEqualTo("2026-12-28");
        assertThat(days.after(CHRISTMAS, 0)).isEqualTo(CHRISTMAS);
        assertThat(days.upTo(LocalDate.of(2026, 12, 28))).isEqualTo("2026-12-24");
        assertThat(days.upTo(LocalDate.of(2026, 12, 24))).isEqualTo("2026-12-24");
    }

    @Test
    void so_many_business_days_lie_between() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 300; run++) {
            Set<LocalDate> holidays = new HashSet<>();
            IntStream.range(0, random.nextInt(40)).forEach(i -> holidays.add(CHRISTMAS.plusDays(random.nextInt(60))));
            BusinessDays days = BusinessDays.without(holidays);
            LocalDate from = CHRISTMAS.plusDays(random.nextInt(30));
            int count = random.nextInt(1, 6);
            LocalDate to = days.after(from, count);
            assertThat(days.contains(to)).isTrue();
            assertThat(from.plusDays(1).datesUntil(to.plusDays(1)).filter(days::contains)).as("run %d", run).hasSize(count);
            assertThat(days.upTo(to)).isEqualTo(to);
        }
    }

    @Test
    void a_calendar_has_an_end() {
        Set<LocalDate> all = new HashSet<>(CHRISTMAS.datesUntil(CHRISTMAS.plusDays(BusinessDays.MOST + 1L)).toList());
        assertThatThrownBy(() -> new BusinessDays(all)).isInstanceOf(IllegalArgumentException.class);
        all.remove(CHRISTMAS);
        assertThat(new BusinessDays(all).after(CHRISTMAS, 1)).isAfter(CHRISTMAS.plusDays(BusinessDays.MOST));
    }
}
