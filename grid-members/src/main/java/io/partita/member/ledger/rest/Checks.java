package io.partita.member.ledger.rest;

import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Checks of fields that several requests share; each throws a problem that names the field and what it must be. */
final class Checks {

    // Bounded before it becomes a number: "1e999999999" is short, and enormous.
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,18})?");

    private Checks() {
    }

    static <T> T required(String field, T value) {
        if (value == null) {
            throw RequestProblem.field(field, "is required.");
        }
        return value;
    }

    /** Text of a bounded length that can be stored and shown; empty for none. */
    static String text(String field, String value, int max) {
        if (value == null) {
            return "";
        }
        if (value.codePointCount(0, value.length()) > max) {
            throw RequestProblem.field(field, "has at most " + max + " characters.");
        }
        if (value.codePoints().anyMatch(Checks::unprintable)) {
            throw RequestProblem.field(field, "has no control characters and no broken ones.");
        }
        return value;
    }

    private static boolean unprintable(int point) {
        return Character.isISOControl(point) || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static Currency currency(String field, String code) {
        return Currency.find(required(field, code)).orElseThrow(() ->
                RequestProblem.field(field, "'" + (code.length() > 10 ? code.substring(0, 10) + "..." : code)
                        + "' is not an ISO 4217 currency code such as EUR."));
    }

    /** Major units as a decimal number. */
    static Money amount(String field, String major, Currency currency) {
        if (!DECIMAL.matcher(major).matches()) {
            throw RequestProblem.field(field, "is a decimal number of major units such as \"12.34\".");
        }
        BigDecimal value = new BigDecimal(major);
        if (value.stripTrailingZeros().scale() > currency.minorDigits()) {
            throw RequestProblem.field(field, currency + " has " + currency.minorDigits() + " digits after the point.");
        }
        if (value.abs().compareTo(currency.toMajor(Transfer.MAX_AMOUNT)) > 0) {
            throw RequestProblem.of(Refusal.AMOUNT_TOO_LARGE, field + ": at most "
                    + currency.toMajor(Transfer.MAX_AMOUNT).toPlainString() + " " + currency + ".").with("field", field);
        }
        return Money.of(currency.toMinor(value), currency);
    }
}
