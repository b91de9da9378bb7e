package io.partita.console.ui;

import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * How the console writes amounts and counts: groups of three set apart by a thin space, a real minus
 * sign, and always all digits of the minor unit, so that columns of figures line up.
 */
public final class Amounts {

    /** A thin space, and a joiner that keeps a line from being broken there. */
    private static final String GROUP = "\u2009\u2060";
    private static final char MINUS = '\u2212';
    /** Before the code of a currency. */
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\w.])-?\\d{4,}(?:\\.\\d+)?(?= ([A-Z]{3})\\b)");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private Amounts() {
    }

    /** {@code 1 234 567.89}, without the currency. */
    public static String figure(Money amount) {
        return group(amount.major().toPlainString());
    }

    /** Any number of major units, with the digits that it has. */
    public static String figure(BigDecimal major) {
        return group(major.toPlainString());
    }

    /** {@code 1 234 567.89 EUR}. */
    public static String withCurrency(Money amount) {
        return figure(amount) + '\u00A0' + amount.currency().code();
    }

    /** A text of a member with the amounts in it as they are written here. */
    public static String within(String text) {
        return AMOUNT.matcher(text).replaceAll(amount -> Currency.find(amount.group(1)).isPresent() ? group(amount.group()) : amount.group());
    }

    /** With a sign on what was gained, too. */
    public static String signed(BigDecimal major) {
        return (major.signum() > 0 ? "+" : "") + figure(major);
    }

    /** As much of an amount as a tile has room for: from a thousand on without the minor unit. */
    public static String brief(BigDecimal major) {
        boolean large = major.abs().compareTo(THOUSAND) >= 0;
        return group((large ? major.setScale(0, RoundingMode.HALF_EVEN) : major).toPlainString());
    }

    /** A part of 1, in percent. */
    public static String percent(double part, int digits) {
        BigDecimal percent = BigDecimal.valueOf(part * 100).setScale(digits, RoundingMode.HALF_EVEN);
        return group((percent.signum() == 0 ? percent.abs() : percent).toPlainString()) + "\u202F%";
    }

    /** A whole number with groups. */
    public static String count(long number) {
        return group(Long.toString(number));
    }

    /** A number that only needs to be read at a glance: 12.3 k, 4.56 M. */
    public static String rough(double number) {
        double size = Math.abs(number);
        if (size >= 9_999_500) {
            return scaled(number / 1_000_000, 1) + "\u2009M";
        }
        if (size >= 99_950) {
            return scaled(number / 1_000, 0) + "\u2009k";
        }
        return size >= 100 || number == Math.rint(number) ? count(Math.round(number)) : scaled(number, 1);
    }

    /** Milliseconds with as many digits as are worth reading. */
    public static String millis(double millis) {
        return scaled(millis, millis >= 100 ? 0 : millis >= 10 ? 1 : 2);
    }

    private static String scaled(double number, int digits) {
        return group(BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString());
    }

    private static String group(String plain) {
        boolean negative = plain.startsWith("-");
        String digits = negative ? plain.substring(1) : plain;
        int point = digits.indexOf('.');
        int whole = point < 0 ? digits.length() : point;
        StringBuilder text = new StringBuilder(plain.length() + 8);
        if (negative) {
            text.append(MINUS);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && i < whole && (whole - i) % 3 == 0) {
                text.append(GROUP);
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }
}
