package io.partita.positions.product;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An exact price: of a share in its currency, of a bond in percent of its face, or of a currency in another one. May be negative, as those of
 * futures; at most 12 decimals and 18 digits. Trailing zeros do not count: equal prices are equal. Immutable.
 *
 * @param value the number
 */
public record Price(BigDecimal value) implements Comparable<Price> {

    public static final Price ZERO = new Price(BigDecimal.ZERO);
    public static final Price ONE = new Price(BigDecimal.ONE);
    /** Most decimals. */
    public static final int MOST_DECIMALS = 12;

    private static final int MOST_DIGITS = 18;
    private static final int MOST_WHOLE_DIGITS = 15;
    private static final int LONGEST_TEXT = 60;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");

    /** Throws {@link PositionRefused} if it has too many decimals or digits. */
    public Price {
        Objects.requireNonNull(value, "value");
        // A few characters of exponent ask for millions of digits: look before computing.
        if ((long) value.precision() - value.scale() > MOST_WHOLE_DIGITS) {
            throw new PositionRefused(PositionRefusal.PRICE_TOO_LARGE, "A price has at most " + MOST_WHOLE_DIGITS + " digits before the point.");
        }
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (value.scale() > MOST_DECIMALS) {
            throw new PositionRefused(PositionRefusal.PRICE_TOO_FINE, value.toPlainString() + " has more than " + MOST_DECIMALS + " decimals.");
        }
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        if (value.precision() > MOST_DIGITS) {
            throw new PositionRefused(PositionRefusal.PRICE_TOO_LARGE, value.toPlainString() + " has more than " + MOST_DIGITS + " digits.");
        }
    }

    /** Reads a plain decimal number; throws {@link PositionRefused} with a code for what is none. */
    public static Price parse(String text) {
        String number = text == null ? "" : text.strip();
        if (number.isEmpty()) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, "A price is missing.");
        }
        if (NO_NUMBER.matcher(number).matches()) {
            throw new PositionRefused(PositionRefusal.PRICE_NOT_A_NUMBER, "A price is " + number + ".");
        }
        if (number.length() > LONGEST_TEXT || !DECIMAL.matcher(number).matches()) {
            throw new PositionRefused(PositionRefusal.MALFORMED_PRICE, "'" + (number.length() > LONGEST_TEXT ? number.substring(0, LONGEST_TEXT)
                    + "..." : number)
                    + "' is no plain decimal number.");
        }
        return new Price(new BigDecimal(number));
    }

    public int signum() {
        return value.signum();
    }

    /** The nearest floating-point number, for models; never for amounts. */
    public double toDouble() {
        return value.doubleValue();
    }

    @Override
    public int compareTo(Price other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
