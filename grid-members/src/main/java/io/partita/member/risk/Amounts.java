package io.partita.member.risk;

import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Amounts and shares as text, as limits, margin and counterparties have them; what is none is refused with {@code MALFORMED_LEVEL}. */
public final class Amounts {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,6})?");
    private static final int SHARE_DIGITS = 4;
    private static final int LONGEST_TOLD = 40;

    private Amounts() {
    }

    /** An amount in major units as minor units. */
    public static long money(Currency currency, String text) {
        try {
            return currency.toMinor(decimal(text));
        } catch (ArithmeticException tooFine) {
            throw malformed(text);
        }
    }

    /** A share from 0 to 1 in ten-thousandths. */
    public static long share(String text) {
        BigDecimal number = decimal(text);
        if (number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0 || number.scale() > SHARE_DIGITS) {
            throw malformed(text);
        }
        return number.movePointRight(SHARE_DIGITS).longValueExact();
    }

    /** The share that so many ten-thousandths are. */
    public static String share(long tenThousandths) {
        return BigDecimal.valueOf(tenThousandths, SHARE_DIGITS).toPlainString();
    }

    /** A currency that amounts can be in. */
    public static Currency currency(String code) {
        return Currency.find(code).filter(currency -> !currency.isUnit()).orElseThrow(() -> new LimitRefused(LimitRefusal.CURRENCY_DIFFERS, told(code) + " is no money."));
    }

    private static BigDecimal decimal(String text) {
        if (text == null || !DECIMAL.matcher(text).matches()) {
            throw malformed(text);
        }
        return new BigDecimal(text).stripTrailingZeros();
    }

    private static LimitRefused malformed(String text) {
        return new LimitRefused(LimitRefusal.MALFORMED_LEVEL, text == null ? "There is none." : told(text));
    }

    private static String told(String text) {
        return text.length() > LONGEST_TOLD ? text.substring(0, LONGEST_TOLD) + "..." : text;
    }
}
