package io.partita.trading.settlement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;

/**
 * On which days is settled: all but Saturdays, Sundays and holidays. Immutable.
 *
 * @param holidays of which at most {@value #MOST} are known, so there is always a business day after them
 */
public record BusinessDays(Set<LocalDate> holidays) {

    /** Of holidays in a calendar. */
    public static final int MOST = 2_000;
    /** Monday to Friday. */
    public static final BusinessDays WEEKDAYS = new BusinessDays(Set.of());

    public BusinessDays {
        holidays = Set.copyOf(holidays);
        if (holidays.size() > MOST) {
            throw new IllegalArgumentException("a calendar has at most " + MOST + " holidays");
        }
    }

    public static BusinessDays without(Collection<LocalDate> holidays) {
        return new BusinessDays(Set.copyOf(holidays));
    }

    public boolean contains(LocalDate day) {
        return day.getDayOfWeek().getValue() < 6 && !holidays.contains(day);
    }

    /** So many business days later; the day itself, be it one or not, for none. */
    public LocalDate after(LocalDate day, int days) {
        LocalDate later = day;
        for (int counted = 0; counted < days; ) {
            later = later.plusDays(1);
            counted += contains(later) ? 1 : 0;
        }
        return later;
    }

    /** The day, or the last business day before it. */
    public LocalDate upTo(LocalDate day) {
        LocalDate last = day;
        while (!contains(last)) {
            last = last.minusDays(1);
        }
        return last;
    }
}
