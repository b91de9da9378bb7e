package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import io.partita.positions.product.VanillaOption;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What fields of rows say; each method throws a {@link PositionRefused} with the code of what is wrong. */
final class RowText {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,30}(\\.0*)?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})");

    private RowText() {
    }

    static boolean empty(String text) {
        return text == null || text.isBlank();
    }

    private static String required(String name, String text) {
        if (empty(text)) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, name + " is empty.");
        }
        return text.strip();
    }

    private static PositionRefused wrong(PositionRefusal code, String text) {
        return new PositionRefused(code, "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'");
    }

    static String symbol(String text) {
        return Terms.symbol(required("symbol", text));
    }

    static LocalDate day(String text) {
        String day = required("day", text);
        try {
            return Terms.day(LocalDate.parse(day));
        } catch (DateTimeException e) {
            throw wrong(PositionRefusal.MALFORMED_DAY, day);
        }
    }

    static long account(String text) {
        String account = required("account", text);
        try {
            long number = Long.parseLong(account);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw wrong(PositionRefusal.MALFORMED_ACCOUNT, account);
    }

    static Currency currency(String text) {
        String code = required("currency", text);
        return Currency.find(code).filter(currency -> !currency.isUnit()).orElseThrow(() -> wrong(PositionRefusal.MALFORMED_CURRENCY, code));
    }

    /** A price; null for an empty field. */
    static Price price(String text) {
        return empty(text) ? null : Price.parse(text);
    }

    /** A volume; null for an empty field. */
    static Long volume(String text) {
        if (empty(text)) {
            return null;
        }
        String volume = text.strip();
        if (!WHOLE.matcher(volume).matches() || volume.startsWith("-")) {
            throw wrong(PositionRefusal.MALFORMED_VOLUME, volume);
        }
        return whole(new BigDecimal(volume), volume);
    }

    /** A quantity in the units of a product. */
    static long quantity(Product product, String text) {
        String quantity = required("quantity", text);
        Currency money = switch (product) {
            case Cash cash -> cash.currency();
            case CurrencyPair pair -> pair.base();
            case FxForward forward -> forward.base();
            case Equity _, FixedCouponBond _, Future _, VanillaOption _ -> null;
        };
        long units;
        if (money != null) {
            units = amount(money, quantity);
        } else if (WHOLE.matcher(quantity).matches()) {
            units = whole(new BigDecimal(quantity), quantity);
        } else {
            throw wrong(PositionRefusal.MALFORMED_QUANTITY, quantity);
        }
        if (units == 0) {
            throw wrong(PositionRefusal.MALFORMED_QUANTITY, quantity);
        }
        return units;
    }

    private static long whole(BigDecimal number, String text) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException tooLarge) {
            throw wrong(PositionRefusal.NUMBER_TOO_LARGE, text);
        }
    }

    /** An amount in major units, as minor units. */
    static long amount(Currency currency, String text) {
        String amount = text.strip();
        if (!DECIMAL.matcher(amount).matches()) {
            throw wrong(PositionRefusal.MALFORMED_AMOUNT, amount);
        }
        BigDecimal major = new BigDecimal(amount);
        if (major.stripTrailingZeros().scale() > currency.minorDigits()) {
            throw wrong(PositionRefusal.AMOUNT_TOO_FINE, amount);
        }
        try {
            return currency.toMinor(major.stripTrailingZeros());
        } catch (ArithmeticException tooLarge) {
            throw wrong(PositionRefusal.NUMBER_TOO_LARGE, amount);
        }
    }
}
