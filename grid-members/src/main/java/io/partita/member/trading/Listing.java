package io.partita.member.trading;

import io.partita.money.Currency;
import io.partita.trading.Instrument;
import io.partita.trading.risk.TradedInstrument;
import io.partita.trading.settlement.BusinessDays;
import java.math.BigDecimal;

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
 */
public record Listing(String symbol, String currency, int priceScale, Instrument rules, int settlementDays, String calendar, BusinessDays businessDays,
                      Currency unit) {

    public static final int MOST_SETTLEMENT_DAYS = 5;

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
    }

    /** What is to be listed. */
    public Listing(String symbol, String currency, int priceScale, Instrument rules) {
        this(symbol, currency, priceScale, rules, 0, currency, BusinessDays.WEEKDAYS, null);
    }

    /** The same with other days from trade to settlement; only before it is listed. */
    public Listing withSettlementDays(int days) {
        return new Listing(symbol, currency, priceScale, rules, days, calendar, businessDays, unit);
    }

    /** The same with another calendar; only before it is listed. */
    public Listing withCalendar(String other) {
        return new Listing(symbol, currency, priceScale, rules, settlementDays, other, businessDays, unit);
    }

    public long instrument() {
        return rules.id();
    }

    /** The instrument as accounts see it. */
    public TradedInstrument traded() {
        return new TradedInstrument(rules, currency, priceScale);
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
