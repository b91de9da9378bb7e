package io.partita.positions.product;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How interest counts days, by the 2006 ISDA Definitions, section 4.16, and ICMA rule 251 for the last one. A fraction of a year is days over a
 * whole number, so that interest is rounded once, at the end.
 */
public enum DayCount {
    /** Days of the calendar over 365. */
    ACT_365F {
        @Override
        public Fraction between(LocalDate from, LocalDate to, Period period) {
            return new Fraction(days(from, to), 365);
        }
    },
    /** Days of the calendar over 360. */
    ACT_360 {
        @Override
        public Fraction between(LocalDate from, LocalDate to, Period period) {
            return new Fraction(days(from, to), 360);
        }
    },
    /** Months of 30 days over 360: the 31st is the 30th at the beginning, and at the end if the beginning is the 30th or 31st. */
    THIRTY_360 {
        @Override
        public Fraction between(LocalDate from, LocalDate to, Period period) {
            int first = Math.min(from.getDayOfMonth(), 30);
            int last = first == 30 ? Math.min(to.getDayOfMonth(), 30) : to.getDayOfMonth();
            return new Fraction(thirty(from, first, to, last), 360);
        }
    },
    /** Months of 30 days over 360: the 31st is the 30th at both ends. */
    THIRTY_E_360 {
        @Override
        public Fraction between(LocalDate from, LocalDate to, Period period) {
            return new Fraction(thirty(from, Math.min(from.getDayOfMonth(), 30), to, Math.min(to.getDayOfMonth(), 30)), 360);
        }
    },
    /** Days of the calendar over those of the coupon period, times the periods of a year. */
    ACT_ACT_ICMA {
        @Override
        public Fraction between(LocalDate from, LocalDate to, Period period) {
            return new Fraction(days(from, to), Math.multiplyExact(days(period.from, period.to), period.aYear));
        }
    };

    /** A coupon period, and how many a year has. */
    public record Period(LocalDate from, LocalDate to, int aYear) {
    }

    /** A part of a year. */
    public record Fraction(long days, long ofYear) {

        public BigDecimal times(BigDecimal amount, int decimals) {
            return amount.multiply(BigDecimal.valueOf(days)).divide(BigDecimal.valueOf(ofYear), decimals, RoundingMode.HALF_EVEN);
        }
    }

    /** The part of a year from one day to another, in a coupon period. */
    public abstract Fraction between(LocalDate from, LocalDate to, Period period);

    private static long days(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to);
    }

    private static long thirty(LocalDate from, int first, LocalDate to, int last) {
        return 360L * (to.getYear() - from.getYear()) + 30L * (to.getMonthValue() - from.getMonthValue()) + last - first;
    }
}
