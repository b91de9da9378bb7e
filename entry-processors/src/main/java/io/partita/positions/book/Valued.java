package io.partita.positions.book;

import io.partita.positions.PositionRefusal;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Amount;
import io.partita.positions.lots.Gain;
import io.partita.positions.lots.Holding;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.time.LocalDate;

/**
 * A position and what it is worth.
 *
 * @param mark       null if there is no price
 * @param worth      of the quantity, with accrued interest: in the product's currency and in the base; null without a price or a rate
 * @param accrued    interest in it, in the product's currency
 * @param unrealized null without a price or a rate
 * @param missing    {@code MISSING_PRICE} or {@code MISSING_RATE}; null if it is valued
 */
public record Valued(Held held, Holding.Method method, Mark mark, Amount worth, long accrued, Gain unrealized, PositionRefusal missing) {

    /**
     * Values a position.
     *
     * @param mark   null if there is none; cash needs none
     * @param toBase null if there is no rate
     * @param day    up to which interest has accrued
     * @throws io.partita.positions.PositionRefused if an amount does not fit, or the product cannot have that price
     */
    public static Valued of(Held held, Mark mark, Conversion toBase, LocalDate day, Holding.Method method) {
        return marked(held, mark == null && held.product() instanceof Cash ? new Mark(Price.ONE, day, 0) : mark, toBase, day, method);
    }

    private static Valued marked(Held held, Mark mark, Conversion toBase, LocalDate day, Holding.Method method) {
        long quantity = held.holding().quantity();
        Product product = held.product();
        if (toBase == null || quantity != 0 && mark == null) {
            return new Valued(held, method, mark, null, 0, null, toBase == null ? PositionRefusal.MISSING_RATE : PositionRefusal.MISSING_PRICE);
        }
        long accrued = quantity == 0 ? 0 : product.accrued(quantity, day);
        long worth = quantity == 0 ? 0 : product.worth(quantity, mark.price(), day);
        return new Valued(held, method, mark, Amount.of(worth, toBase), accrued, held.holding().unrealized(worth, toBase, method), null);
    }

    public boolean priced() {
        return missing == null;
    }

    public Gain realized() {
        return held.holding().realized(method);
    }

    public Amount fees() {
        return held.holding().fees();
    }

    public Amount income() {
        return held.holding().income();
    }

    /** What it adds to what somebody owns, in the base currency: its worth, or its gain if nothing was paid for it. */
    long asset() {
        return held.product().paidUpFront() ? worth.base() : unrealized.base();
    }

    long exposure() {
        return Math.absExact(worth.base());
    }
}
