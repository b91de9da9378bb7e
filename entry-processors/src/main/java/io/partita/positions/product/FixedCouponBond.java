package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A bond with a fixed coupon. Its price is clean, in percent of the face; interest accrues from the last coupon day by the day count. Coupon days
 * count back from maturity, so that only the first period may be shorter than the others.
 *
 * @param face      of one unit, in minor units
 * @param issued    interest accrues from then on
 * @param percent   of the face, a year
 * @param frequency coupons a year: 1, 2, 4 or 12
 */
public record FixedCouponBond(String symbol, Currency currency, long face, LocalDate issued, LocalDate maturity, BigDecimal percent, int frequency,
                              DayCount dayCount) implements Product {

    private static final long MOST_FACE = 1_000_000_000_000L;
    private static final int MOST_DECIMALS = 8;
    private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(100);

    public FixedCouponBond {
        Terms.symbol(symbol);
        Terms.money(currency);
        if (face < 1 || face > MOST_FACE) {
            throw Terms.refuse(PositionRefusal.INVALID_FACE, "The face is " + face + " minor units.");
        }
        Terms.term(Terms.day(issued), Terms.day(maturity));
        if (percent == null || dayCount == null) {
            throw Terms.refuse(PositionRefusal.MISSING_FIELD, "A bond has a coupon and a day count.");
        }
        if (percent.signum() < 0 || percent.scale() > MOST_DECIMALS || percent.compareTo(MOST_PERCENT) > 0) {
            throw Terms.refuse(PositionRefusal.INVALID_COUPON, "The coupon is " + percent + " percent.");
        }
        if (frequency != 1 && frequency != 2 && frequency != 4 && frequency != 12) {
            throw Terms.refuse(PositionRefusal.INVALID_FREQUENCY, frequency + " coupons a year.");
        }
    }

    @Override
    public BigDecimal pointValue() {
        return BigDecimal.valueOf(face).movePointLeft(2);
    }

    @Override
    public LocalDate lastDay() {
        return maturity;
    }

    /** The days on which coupons are paid, the first one first; the last is the maturity. */
    public List<LocalDate> couponDays() {
        List<LocalDate> days = new ArrayList<>();
        LocalDate day = maturity;
        // Counted from maturity each time: the last of a month stays the last of a month.
        for (int i = 1; day.isAfter(issued); i++) {
            days.addFirst(day);
            day = maturity.minusMonths((long) i * 12 / frequency);
        }
        return days;
    }

    /** The whole coupon of a quantity that is paid on a coupon day: a part of it for the first, shorter period. */
    public long coupon(long quantity, LocalDate couponDay) {
        DayCount.Period period = period(couponDay.minusDays(1));
        if (!period.to().equals(couponDay)) {
            throw Terms.refuse(PositionRefusal.MALFORMED_DAY, couponDay + " is no coupon day of " + symbol + ".");
        }
        return period.from().isBefore(issued) ? interest(quantity, dayCount.between(issued, couponDay, period))
                : interest(quantity, new DayCount.Fraction(1, frequency));
    }

    /** Interest from the last coupon day, or from the beginning, to a day; nothing before it is issued and from maturity on. */
    @Override
    public long accrued(long quantity, LocalDate day) {
        if (!day.isAfter(issued) || !day.isBefore(maturity)) {
            return 0;
        }
        DayCount.Period period = period(day);
        return interest(quantity, dayCount.between(period.from().isBefore(issued) ? issued : period.from(), day, period));
    }

    private DayCount.Period period(LocalDate day) {
        LocalDate to = maturity;
        LocalDate from = maturity.minusMonths(12 / frequency);
        for (int i = 2; from.isAfter(day) && to.isAfter(issued); i++) {
            to = from;
            from = maturity.minusMonths((long) i * 12 / frequency);
        }
        return new DayCount.Period(from, to, frequency);
    }

    private long interest(long quantity, DayCount.Fraction part) {
        BigDecimal year = BigDecimal.valueOf(face).multiply(percent).movePointLeft(2).multiply(BigDecimal.valueOf(quantity));
        return Terms.minor(part.times(year, 0), RoundingMode.UNNECESSARY);
    }
}
