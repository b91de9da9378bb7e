package io.partita.member.trading;

import io.partita.money.Currency;
import io.partita.trading.Instrument;
import io.partita.trading.risk.TradedInstrument;
import io.partita.trading.settlement.BusinessDays;
import io.partita.trading.settlement.SettlementTerms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An instrument as it is listed.
 *
 * @param symbol         what people call it
 * @param currency       ISO 4217, of its prices
 * @param priceScale     a price of n ticks is n / 10^priceScale of the currency
 * @param rules          how it is traded
 * @param settlementDays business days from trade to settlement; 0 settles at once, {@value #MOST_SETTLEMENT_DAYS} is the most
 * @param calendar       has its holidays; called as its currency unless another was named
 * @param businessDays   of that calendar, as they are known now
 * @param unit           what the ledger keeps holdings of it in; null before it is listed
 * @param lit            of a dark book: the numbers of those at the middle of whose best prices it trades, at most {@value #MOST_LIT}
 * @param security       under whose number accounts hold it: another instrument's if both are books of one security, or else its own
 * @param line           which of the books of its security it is, in the order of listing; 0 for the first
 * @param shortMargin    of short positions, beside what it costs to end them, in ten-thousandths of that; 0 if they need no collateral
 */
public record Listing(String symbol, String currency, int priceScale, Instrument rules, int settlementDays, String calendar, BusinessDays businessDays,
                      Currency unit, long security, int line, List<Long> lit, int shortMargin) {

    public static final int MOST_SETTLEMENT_DAYS = 5;
    public static final int MOST_LIT = 16;
    public static final int MOST_SHORT_MARGIN = 100_000;

    public Listing {
        if (!symbol.matches("[A-Z0-9][A-Z0-9.:/-]{0,31}")) {
            throw new IllegalArgumentException("a symbol is 1 to 32 capital letters, digits and .:/-");
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("a currency is three capital letters");
        }
        if (!calendar.matches(Calendars.NAME)) {
            throw new IllegalArgumentException("a calendar's name is 1 to 32 capital letters, digits and .:_-");
        }
        if (priceScale < 0 || priceScale > 9) {
            throw new IllegalArgumentException("a price has 0 to 9 decimals");
        }
        if (settlementDays < 0 || settlementDays > MOST_SETTLEMENT_DAYS) {
            throw new IllegalArgumentException("settlement is 0 to " + MOST_SETTLEMENT_DAYS + " days after the trade");
        }
        if (shortMargin < 0 || shortMargin > MOST_SHORT_MARGIN) {
            throw new IllegalArgumentException("the margin of short positions is 0 to " + MOST_SHORT_MARGIN + " ten-thousandths");
        }
        lit = List.copyOf(lit);
        if (rules.dark() == lit.isEmpty() || lit.size() > MOST_LIT) {
            throw new IllegalArgumentException("a dark book has 1 to " + MOST_LIT + " lit ones, any other none");
        }
    }

    /** What is to be listed. */
    public Listing(String symbol, String currency, int priceScale, Instrument rules) {
        this(symbol, currency, priceScale, rules, 0, currency, BusinessDays.WEEKDAYS, null, rules.id(), 0, List.of(), 0);
    }

    /** The same with other days from trade to settlement; only before it is listed. */
    public Listing withSettlementDays(int days) {
        return new Listing(symbol, currency, priceScale, rules, days, calendar, businessDays, unit, security, line, lit, shortMargin);
    }

    /** The same with another calendar; only before it is listed. */
    public Listing withCalendar(String other) {
        return new Listing(symbol, currency, priceScale, rules, settlementDays, other, businessDays, unit, security, line, lit, shortMargin);
    }

    /**
     * The same with a dark book, which trades at the middle of the lit ones; only before it is listed.
     *
     * @param life for how long that holds after it was told it, in nanoseconds
     */
    public Listing withDarkBook(List<Listing> books, long life) {
        if (books.stream().anyMatch(book -> book.rules.dark() || !book.currency.equals(currency) || book.priceScale > priceScale)) {
            throw new IllegalArgumentException("the books at whose middle it trades are lit, in its currency, and have no more decimals than it has");
        }
        return new Listing(symbol, currency, priceScale, rules.withMidLife(life), settlementDays, calendar, businessDays, unit, security, line,
                books.stream().map(Listing::instrument).distinct().toList(), shortMargin);
    }

    /** The same with collateral for short positions; only before it is listed. */
    public Listing withShortMargin(int tenThousandths) {
        return new Listing(symbol, currency, priceScale, rules, settlementDays, calendar, businessDays, unit, security, line, lit, tenThousandths);
    }

    /** The same as a further book of the security that another one trades; only before it is listed. */
    public Listing withSecurity(Listing other) {
        if (!other.currency.equals(currency) || other.shortMargin != shortMargin) {
            throw new IllegalArgumentException("all books of a security are in one currency, and have one margin of short positions: those of " + other.symbol
                    + " are " + other.currency + " and " + other.shortMargin);
        }
        return new Listing(symbol, currency, priceScale, rules, settlementDays, calendar, businessDays, unit, other.security, line, lit, shortMargin);
    }

    public long instrument() {
        return rules.id();
    }

    /** The instrument as accounts see it. */
    public TradedInstrument traded() {
        return new TradedInstrument(rules, currency, priceScale, shortMargin, security);
    }

    /** How its trades become money; nothing where they do not, since its currency is none or it is not listed. */
    public Optional<SettlementTerms> terms() {
        return unit == null ? Optional.empty() : Currency.find(currency).map(money -> new SettlementTerms(unit, line, money, priceScale));
    }

    /** A price in the instrument's currency. */
    public BigDecimal price(long ticks) {
        return BigDecimal.valueOf(ticks, priceScale);
    }

    /**
     * The same in ticks.
     *
     * @throws ArithmeticException if it has more decimals than the instrument's prices, or is out of any range
     */
    public long ticks(BigDecimal price) {
        return price.movePointRight(priceScale).longValueExact();
    }
}
