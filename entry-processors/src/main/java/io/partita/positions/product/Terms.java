package io.partita.positions.product;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What terms of products have to be; each method answers with what it was given, or throws a {@link PositionRefused}. */
public final class Terms {

    /** The first and the last day that anything can have. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    public static final LocalDate LAST_DAY = LocalDate.of(2200, 12, 31);
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9][A-Z0-9.:/-]{0,31}");
    private static final long MOST_MULTIPLIER = 1_000_000_000;
    private static final int MOST_YEARS = 100;

    private Terms() {
    }

    static PositionRefused refuse(PositionRefusal code, String detail) {
        return new PositionRefused(code, detail);
    }

    /** A symbol. */
    public static String symbol(String symbol) {
        if (symbol == null || symbol.isEmpty()) {
            throw refuse(PositionRefusal.MISSING_FIELD, "A symbol is missing.");
        }
        if (!SYMBOL.matcher(symbol).matches()) {
            throw refuse(PositionRefusal.MALFORMED_SYMBOL, "'" + (symbol.length() > 40 ? symbol.substring(0, 40) + "..." : symbol)
                    + "' is no symbol.");
        }
        return symbol;
    }

    static Currency money(Currency currency) {
        if (currency == null) {
            throw refuse(PositionRefusal.MISSING_FIELD, "A currency is missing.");
        }
        if (currency.isUnit()) {
            throw refuse(PositionRefusal.MALFORMED_CURRENCY, currency + " is no money.");
        }
        return currency;
    }

    /** A day of any time that matters. */
    public static LocalDate day(LocalDate day) {
        if (day == null) {
            throw refuse(PositionRefusal.MISSING_FIELD, "A day is missing.");
        }
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw refuse(PositionRefusal.MALFORMED_DAY, day + " lies outside of " + FIRST_DAY + " to " + LAST_DAY + ".");
        }
        return day;
    }

    static long multiplier(long multiplier) {
        if (multiplier < 1 || multiplier > MOST_MULTIPLIER) {
            throw refuse(PositionRefusal.INVALID_MULTIPLIER, "The multiplier is " + multiplier + ".");
        }
        return multiplier;
    }

    static void term(LocalDate first, LocalDate last) {
        if (!last.isAfter(first) || last.isAfter(first.plusYears(MOST_YEARS))) {
            throw refuse(PositionRefusal.INVALID_TERM, "It would run from " + first + " to " + last + ".");
        }
    }

    static void pair(Currency base, Currency quoted) {
        if (money(base) == money(quoted)) {
            throw refuse(PositionRefusal.INVALID_PAIR, "Both are " + base + ".");
        }
    }

    /** Minor units of a currency for one of the minor units of another one, at par. */
    static BigDecimal minorPerMinor(Currency base, Currency quoted) {
        return BigDecimal.ONE.movePointRight(quoted.minorDigits() - base.minorDigits());
    }

    /** An exact amount as a whole number of minor units; throws {@code NUMBER_TOO_LARGE} if it does not fit. */
    public static long minor(BigDecimal exact, RoundingMode rounding) {
        try {
            return exact.setScale(0, rounding).longValueExact();
        } catch (ArithmeticException tooLarge) {
            throw refuse(PositionRefusal.NUMBER_TOO_LARGE, exact.round(new MathContext(6)) + " minor units.");
        }
    }

    /** The sum of two amounts; throws {@code NUMBER_TOO_LARGE} if it does not fit. */
    public static long sum(long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException tooLarge) {
            throw refuse(PositionRefusal.NUMBER_TOO_LARGE, one + " + " + other + " minor units.");
        }
    }

    /** One amount less another; throws {@code NUMBER_TOO_LARGE} if it does not fit. */
    public static long difference(long one, long other) {
        try {
            return Math.subtractExact(one, other);
        } catch (ArithmeticException tooLarge) {
            throw refuse(PositionRefusal.NUMBER_TOO_LARGE, one + " - " + other + " minor units.");
        }
    }
}
