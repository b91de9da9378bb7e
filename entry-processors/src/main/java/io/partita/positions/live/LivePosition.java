package io.partita.positions.live;

import io.partita.positions.PositionRefusal;
import io.partita.positions.book.Valued;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import java.math.BigDecimal;

/**
 * A position as it was marked last. Amounts are minor units.
 *
 * @param book        that its account is in
 * @param currency    of the product
 * @param base        of the portfolio
 * @param quantity    in units of {@code 10^-quantityScale}: whole ones, or minor ones of a currency
 * @param price       null if there is none, as what follows from it
 * @param priceTime   when the price was made, in nanoseconds since 1970; 0 if there is none
 * @param worth       in the product's currency, accrued interest included
 * @param worthInBase as all that follows in the base currency
 * @param missing     {@code MISSING_PRICE} or {@code MISSING_RATE}; null if it is valued
 */
public record LivePosition(long account, String symbol, String book, String currency, String base, long run, long revision, long quantity, int quantityScale,
                           BigDecimal price, long priceTime, Long worth, Long worthInBase, Long realized, Long unrealized, Long unrealizedFx, Long income, Long fees,
                           String missing) implements LiveRow {

    /** A position in a book. @param priceTime of the price that it is valued by */
    public static LivePosition of(Valued valued, String book, String base, long run, long revision, long priceTime) {
        boolean rated = valued.missing() != PositionRefusal.MISSING_RATE;
        boolean priced = valued.priced();
        return new LivePosition(valued.held().account(), valued.held().product().symbol(), book, valued.held().product().currency().code(), base, run, revision,
                valued.held().holding().quantity(), scale(valued.held().product()),
                valued.mark() == null ? null : valued.mark().price().value(), valued.mark() == null ? 0 : priceTime,
                priced ? valued.worth().local() : null, priced ? valued.worth().base() : null, rated ? valued.realized().base() : null,
                priced ? valued.unrealized().base() : null, priced ? valued.unrealized().fx() : null, rated ? valued.income().base() : null,
                rated ? valued.fees().base() : null, valued.missing() == null ? null : valued.missing().name());
    }

    /** Stands for a position that is no more. */
    public static LivePosition gone(LiveKey key, long run, long revision) {
        return new LivePosition(key.account(), key.symbol(), "", "", "", run, revision, 0, 0, null, 0, null, null, null, null, null, null, null, null);
    }

    private static int scale(Product product) {
        return switch (product) {
            case Cash cash -> cash.currency().minorDigits();
            case CurrencyPair pair -> pair.base().minorDigits();
            case FxForward forward -> forward.base().minorDigits();
            default -> 0;
        };
    }

    /** Units; of currencies and pairs major units. */
    public BigDecimal units() {
        return BigDecimal.valueOf(quantity, quantityScale);
    }

    public LiveKey key() {
        return new LiveKey(account, symbol);
    }
}
