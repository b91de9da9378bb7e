package io.partita.money;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What an account is kept in: a currency by its ISO 4217 alphabetic code, with the number of digits of its minor unit, or the whole
 * units of a security.
 *
 * <p>The list of currencies is the JDK's, without the codes that have no minor unit of their own (metals, test codes), and with
 * {@code XBT}, the code in common use for Bitcoin (8 digits), which ISO 4217 does not list. The code of a {@linkplain #unit unit} has a
 * digit in the middle ({@code A01}), as no currency has. Instances are shared: two equal currencies are the same object. Immutable and
 * safe for use by any thread.
 */
public final class Currency implements Comparable<Currency> {

    private static final Map<String, Currency> BY_CODE = new TreeMap<>();
    private static final Currency[] BY_NUMBER = new Currency[27 * 27 * 27];

    /** How many securities can have a unit of their own: a letter, a digit, and one of both. */
    public static final int MAX_UNITS = 26 * 10 * 36;
    private static final AtomicReferenceArray<Currency> UNITS = new AtomicReferenceArray<>(MAX_UNITS);

    static {
        for (java.util.Currency listed : java.util.Currency.getAvailableCurrencies()) {
            if (listed.getDefaultFractionDigits() >= 0) {
                register(listed.getCurrencyCode(), listed.getDefaultFractionDigits());
            }
        }
        register("XBT", 8);
    }

    private final String code;
    private final int minorDigits;
    private final short number;

    private Currency(String code, int minorDigits, short number) {
        this.code = code;
        this.minorDigits = minorDigits;
        this.number = number;
    }

    private static void register(String code, int minorDigits) {
        Currency currency = new Currency(code, minorDigits, (short) letters(code.charAt(0), code.charAt(1), code.charAt(2)));
        BY_CODE.put(code, currency);
        BY_NUMBER[currency.number] = currency;
    }

    private static int letters(int first, int second, int third) {
        return ((first - 'A' + 1) * 27 + second - 'A' + 1) * 27 + third - 'A' + 1;
    }

    /**
     * The unit of account of a security: whole pieces of it, nothing after the point. Each index has another one.
     *
     * @param index from 0 to below {@link #MAX_UNITS}
     */
    public static Currency unit(int index) {
        Currency known = UNITS.get(index);
        if (known != null) {
            return known;
        }
        String code = "" + (char) ('A' + index / 360) + (char) ('0' + index / 36 % 10) + Character.toUpperCase(Character.forDigit(index % 36, 36));
        // Numbers of units begin where those of letters end.
        Currency made = new Currency(code, 0, (short) (BY_NUMBER.length + index));
        return UNITS.compareAndSet(index, null, made) ? made : UNITS.get(index);
    }

    /** True for the unit of a security, false for money. */
    public boolean isUnit() {
        return number >= BY_NUMBER.length;
    }

    /** The index of a unit; see {@link #unit}. */
    public int unitIndex() {
        if (!isUnit()) {
            throw new IllegalStateException(code + " is money");
        }
        return number - BY_NUMBER.length;
    }

    /** The index of the unit with this code, or -1 if it is none. */
    private static int unitIndex(int first, int second, int third) {
        boolean unit = first >= 'A' && first <= 'Z' && second >= '0' && second <= '9' && (third >= '0' && third <= '9' || third >= 'A' && third <= 'Z');
        return unit ? (first - 'A') * 360 + (second - '0') * 36 + Character.digit(third, 36) : -1;
    }

    /**
     * The currency of a code's three characters, which are not made a string.
     *
     * @throws IllegalArgumentException if no such currency is known
     */
    public static Currency of(byte first, byte second, byte third) {
        int unit = unitIndex(first, second, third);
        return unit < 0 ? ofNumber((short) letters(first, second, third)) : unit(unit);
    }

    /**
     * The currency of an alphabetic code.
     *
     * @throws IllegalArgumentException if no such currency is known
     */
    public static Currency of(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException(
                "Unknown currency code '" + code + "': use an ISO 4217 code such as EUR"));
    }

    /** The currency of an alphabetic code, or nothing if it is not known. */
    public static Optional<Currency> find(String code) {
        if (code == null) {
            return Optional.empty();
        }
        String upper = code.toUpperCase(Locale.ROOT);
        int unit = upper.length() == 3 ? unitIndex(upper.charAt(0), upper.charAt(1), upper.charAt(2)) : -1;
        return unit < 0 ? Optional.ofNullable(BY_CODE.get(upper)) : Optional.of(unit(unit));
    }

    /** The currency of a {@linkplain #number() packed number}; throws if there is none. */
    public static Currency ofNumber(short number) {
        if (number >= BY_NUMBER.length && number < BY_NUMBER.length + MAX_UNITS) {
            return unit(number - BY_NUMBER.length);
        }
        Currency currency = number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
        if (currency == null) {
            throw new IllegalArgumentException("Unknown currency number " + number);
        }
        return currency;
    }

    /** The code of three characters, in upper case. */
    public String code() {
        return code;
    }

    /** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD, 0 for units. */
    public int minorDigits() {
        return minorDigits;
    }

    /** The code packed into a positive short (letters in base 27); stable over versions, unlike an enum's ordinal. */
    public short number() {
        return number;
    }

    /** An amount of minor units in major units, exactly: 1234 of EUR is 12.34. */
    public BigDecimal toMajor(long minor) {
        return BigDecimal.valueOf(minor, minorDigits);
    }

    /**
     * An amount in major units as minor units.
     *
     * @throws ArithmeticException if it has more digits than the minor unit, or does not fit a {@code long}
     */
    public long toMinor(BigDecimal major) {
        if (major.signum() == 0) {
            return 0;
        }
        // A few characters of exponent ask for millions of digits: look before computing.
        long wholeDigits = (long) major.precision() - major.scale();
        if (wholeDigits > 19 || wholeDigits <= -minorDigits) {
            throw new ArithmeticException("Out of range");
        }
        return major.setScale(minorDigits, java.math.RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    @Override
    public int compareTo(Currency other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
