package io.partita.console.ui;

import io.partita.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Comma-separated values after RFC 4180: numbers without groups, times as ISO 8601 has them, and nothing that a spreadsheet would run. */
final class Csv {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    /** With these a spreadsheet begins a formula. */
    private static final String FORMULA = "=+-@\t\r";
    /** How {@link Times#dateTime} writes a time. */
    private static final Pattern SHOWN_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    /** How {@link Amounts} writes a number, with what may come after it. */
    private static final Pattern SHOWN_GROUP = Pattern.compile("(?<=\\d)\\u2009\\u2060(?=\\d{3})");
    private static final Pattern SHOWN_MINUS = Pattern.compile("\\u2212(?=\\d)");
    private static final Pattern SHOWN_NUMBER = Pattern.compile("\\+?(-?\\d+(\\.\\d+)?)");

    private Csv() {
    }

    /** A line with its end. */
    static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches() ? '\'' + text : text;
        return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** A value for machines to read; null is empty. */
    static String plain(Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case Money amount -> amount.major().toPlainString();
            case Instant time -> time.toString();
            default -> value.toString();
        };
    }

    /** What people were shown, for machines to read. */
    static String plain(String shown) {
        String text = SHOWN_MINUS.matcher(SHOWN_GROUP.matcher(shown).replaceAll("")).replaceAll("-").replace('\u00A0', ' ').strip();
        if (text.equals("\u2013")) {
            return "";
        }
        if (SHOWN_TIME.matcher(text).matches()) {
            return text.replace(' ', 'T') + 'Z';
        }
        var number = SHOWN_NUMBER.matcher(text);
        return number.matches() ? number.group(1) : text;
    }
}
