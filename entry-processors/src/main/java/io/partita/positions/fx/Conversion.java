package io.partita.positions.fx;

import io.partita.money.Currency;
import io.partita.positions.product.Price;
import io.partita.positions.product.Terms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * How amounts of one currency become amounts of another: times a fraction that is exact, then rounded half even to a minor unit, once. Immutable.
 *
 * @param from  the currency of what is converted
 * @param to    the currency of the result
 * @param times minor units of the result are minor units times this
 * @param over  over this; both positive
 */
public record Conversion(Currency from, Currency to, BigInteger times, BigInteger over) {

    public Conversion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (times.signum() <= 0 || over.signum() <= 0) {
            throw new IllegalArgumentException("a rate is positive: " + times + "/" + over);
        }
        BigInteger common = times.gcd(over);
        times = times.divide(common);
        over = over.divide(common);
    }

    /** Amounts stay what they are. */
    public static Conversion none(Currency currency) {
        return new Conversion(currency, currency, BigInteger.ONE, BigInteger.ONE);
    }

    /** By a rate: so many of the second currency for one of the first; positive. */
    public static Conversion of(Currency from, Currency to, Price rate) {
        BigDecimal minor = rate.value().movePointRight(to.minorDigits() - from.minorDigits());
        return minor.scale() <= 0 ? new Conversion(from, to, minor.toBigIntegerExact(), BigInteger.ONE)
                : new Conversion(from, to, minor.unscaledValue(), BigInteger.TEN.pow(minor.scale()));
    }

    public Conversion inverse() {
        return new Conversion(to, from, over, times);
    }

    /** This one first, then another; nothing is rounded between. */
    public Conversion then(Conversion next) {
        if (next.from != to) {
            throw new IllegalArgumentException("cannot go on from " + to + " with " + next.from);
        }
        return new Conversion(from, next.to, times.multiply(next.times), over.multiply(next.over));
    }

    /** An amount in minor units; throws {@code NUMBER_TOO_LARGE} if it does not fit. */
    public long of(long minor) {
        if (times.equals(over)) {
            return minor;
        }
        return Terms.minor(new BigDecimal(times).multiply(BigDecimal.valueOf(minor)).divide(new BigDecimal(over), 0, RoundingMode.HALF_EVEN),
                RoundingMode.UNNECESSARY);
    }

    /** How many of the second currency one of the first is, for people and models; rounded to 18 digits. */
    public BigDecimal rate() {
        return new BigDecimal(times).movePointRight(from.minorDigits() - to.minorDigits()).divide(new BigDecimal(over),
                new MathContext(18));
    }
}
