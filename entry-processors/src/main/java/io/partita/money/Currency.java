package io.partita.money;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A currency by its ISO 4217 alphabetic code, with the number of digits of its minor unit.
 *
 * <p>The list is the JDK's, without the codes that have no minor unit of their own (metals, test codes), and with
 * {@code XBT}, the code in common use for Bitcoin (8 digits), which ISO 4217 does not list. Instances are shared:
 * two equal currencies are the same object. Immutable and safe for use by any thread.
 */
public final class Currency implements Comparable<Currency> {

    private static final Map<String, Currency> BY_CODE = new TreeMap<>();
    private static final Currency[] BY_NUMBER = new Currency[27 * 27 * 27];

    static {
        for (java.util.Currency listed : java.util.Currency.getAvailableCurrencies()) {
            if (listed.getDefaultFractionDigits() >= 0) {
                register(new Currency(listed.getCurrencyCode(), listed.getDefaultFractionDigits()));
            }
        }
        register(new Currency("XBT", 8));
    }

    private final String code;
    private final int minorDigits;
    private final short number;

    private Currency(String code, int minorDigits) {
        this.code = code;
        this.minorDigits = minorDigits;
        this.number = number(code);
    }

    private static void register(Currency currency) {
        BY_CODE.put(currency.code, currency);
        BY_NUMBER[currency.number] = currency;
    }

    private static short number(String code) {
        int number = 0;
        for (int i = 0; i < 3; i++) {
            number = number * 27 + (code.charAt(i) - 'A' + 1);
        }
        return (short) number;
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
        return code == null ? Optional.empty() : Optional.ofNullable(BY_CODE.get(code.toUpperCase(Locale.ROOT)));
    }

    /** The currency of a {@linkplain #number() packed number}; throws if there is none. */
    public static Currency ofNumber(short number) {
        Currency currency = number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
        if (currency == null) {
            throw new IllegalArgumentException("Unknown currency number " + number);
        }
        return currency;
    }

    /** The three-letter code, in upper case. */
    public String code() {
        return code;
    }

    /** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD. */
    public int minorDigits() {
        return minorDigits;
    }

    /** The three letters packed into a positive short (base 27); stable over versions, unlike an enum's ordinal. */
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
