package io.partita.trading.settlement;

import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How trades of an instrument become movements in the ledger.
 *
 * <p>Cash is price times quantity, rounded to the nearest minor unit, halves up. A fee is rounded up to a minor unit and a rebate down, as the
 * book does. A leg of nothing is left out, and so are cash and security where both parties are one.
 *
 * @param unit       what the ledger keeps holdings of the instrument in: the same for all books of a security
 * @param line       which of these books it is, below {@value #MOST_BOOKS}; its first one is 0
 * @param money      the currency of its prices
 * @param priceScale a price of n ticks is n / 10^priceScale of the currency
 */
public record SettlementTerms(Currency unit, int line, Currency money, int priceScale) {

    /** Books that a security can have. */
    public static final int MOST_BOOKS = 1 << 12;

    public SettlementTerms {
        if (!unit.isUnit() || money.isUnit()) {
            throw new IllegalArgumentException("securities against money, not " + unit + " against " + money);
        }
        Objects.checkIndex(priceScale, 10);
        Objects.checkIndex(line, MOST_BOOKS);
    }

    /** Of a security's first book. */
    public SettlementTerms(Currency unit, Currency money, int priceScale) {
        this(unit, 0, money, priceScale);
    }

    /**
     * What a trade says that matters to settlement; a correction has other values.
     *
     * @param price     in ticks
     * @param quantity  in units
     * @param buyerFee  in ticks times units, negative for a rebate
     * @param sellerFee likewise
     */
    public record Values(long price, long quantity, long buyerFee, long sellerFee) {

        public static Values of(Deal deal) {
            return new Values(deal.price(), deal.quantity(), deal.buyer().fee(), deal.seller().fee());
        }
    }

    /** Cash for the security. Throws {@link ArithmeticException} if it does not fit. */
    public Money cash(Values values) {
        return minor(BigDecimal.valueOf(values.price).multiply(BigDecimal.valueOf(values.quantity)), RoundingMode.HALF_UP);
    }

    /** A fee or a rebate (negative). Throws {@link ArithmeticException} if it does not fit. */
    public Money fee(long ticksTimesUnits) {
        return minor(BigDecimal.valueOf(ticksTimesUnits), RoundingMode.CEILING);
    }

    private Money minor(BigDecimal ticksTimesUnits, RoundingMode rounding) {
        BigDecimal minor = ticksTimesUnits.movePointLeft(priceScale).movePointRight(money.minorDigits());
        return Money.of(minor.setScale(0, rounding).longValueExact(), money);
    }

    /**
     * The movements of a trade, in the order in which they are booked: what an earlier one brings, a later one may spend.
     *
     * @throws ArithmeticException if an amount does not fit
     */
    public List<Leg> legs(long buyer, long seller, Values values) {
        List<Leg> legs = new ArrayList<>(4);
        if (buyer != seller) {
            add(legs, Leg.Part.SECURITY, LedgerAccounts.of(seller, unit), LedgerAccounts.of(buyer, unit), Money.of(values.quantity, unit));
            add(legs, Leg.Part.CASH, LedgerAccounts.of(buyer, money), LedgerAccounts.of(seller, money), cash(values));
        }
        add(legs, Leg.Part.BUYER_FEE, LedgerAccounts.of(buyer, money), LedgerAccounts.fees(money), fee(values.buyerFee));
        add(legs, Leg.Part.SELLER_FEE, LedgerAccounts.of(seller, money), LedgerAccounts.fees(money), fee(values.sellerFee));
        return legs;
    }

    private static void add(List<Leg> legs, Leg.Part part, long from, long to, Money amount) {
        if (amount.minor() > 0) {
            legs.add(new Leg(part, from, to, amount));
        } else if (amount.minor() < 0) {
            legs.add(new Leg(part, to, from, amount.negated()));
        }
    }
}
