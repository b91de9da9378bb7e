package io.partita.money;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An exact amount: whole minor units of one currency. May be negative.
 *
 * <p>Arithmetic throws {@link ArithmeticException} on overflow and {@link IllegalArgumentException} when the
 * currencies differ; nothing is rounded. Immutable and safe for use by any thread.
 *
 * @param minor    the amount in minor units (cents of EUR, whole yen of JPY)
 * @param currency the currency
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    public static Money of(long minor, Currency currency) {
        return new Money(minor, currency);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * Parses {@code "EUR 12.34"} (as {@link #toString()} prints it).
     *
     * @throws IllegalArgumentException if the text is not an amount of a known currency, or is finer than its minor unit
     */
    public static Money parse(String text) {
        String[] parts = text.strip().split(" ", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not an amount: '" + text + "'; write it like 'EUR 12.34'");
        }
        return parse(parts[1], Currency.of(parts[0]));
    }

    /** Parses a decimal number of major units, such as {@code "12.34"}; same errors as {@link #parse(String)}. */
    public static Money parse(String major, Currency currency) {
        try {
            return new Money(currency.toMinor(new BigDecimal(major.strip())), currency);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a decimal number: '" + major + "'", e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + major + "' is not a whole number of " + currency + " minor units (" + currency.minorDigits()
                            + " digits) within range", e);
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    /** The amount in major units, exactly. */
    public BigDecimal major() {
        return currency.toMajor(minor);
    }

    private Money same(Money other) {
        if (other.currency != currency) {
            throw new IllegalArgumentException("Cannot combine " + currency + " with " + other.currency);
        }
        return other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    @Override
    public String toString() {
        return currency.code() + ' ' + major().toPlainString();
    }
}
