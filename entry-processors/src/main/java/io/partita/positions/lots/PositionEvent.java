package io.partita.positions.lots;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.fx.Conversion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/** Something that changes a position. */
public sealed interface PositionEvent {

    LocalDate day();

    /** How amounts of the product's currency became those of the base currency at that time. */
    Conversion toBase();

    /**
     * The position's side of a trade.
     *
     * @param number   of the trade, of the client's choice
     * @param quantity bought, or sold (negative); 0 for a trade with itself, of which only the fee counts
     * @param cash     paid for it, or received (negative), with accrued interest; minor units
     * @param fee      paid, negative for a rebate
     */
    record Trade(long number, LocalDate day, long quantity, long cash, long fee, Conversion toBase) implements PositionEvent {

        public Trade {
            Objects.requireNonNull(day, "day");
            Objects.requireNonNull(toBase, "toBase");
            if (quantity == 0 && cash != 0) {
                throw new PositionRefused(PositionRefusal.MALFORMED_QUANTITY, "Nothing was traded for " + cash + " minor units.");
            }
        }
    }

    /** A dividend or a coupon: received, or paid by whoever is short (negative). */
    record Income(LocalDate day, long cash, Conversion toBase) implements PositionEvent {
    }

    /**
     * Whoever had {@code old} units has {@code now} units; what is less than a whole one is paid as cash.
     *
     * @param unitValue minor units of the product's currency for one new unit, by which fractions are paid
     */
    record Split(LocalDate day, long now, long old, BigDecimal unitValue, Conversion toBase) implements PositionEvent {

        private static final long MOST = 1_000_000;

        public Split {
            if (now < 1 || old < 1 || now > MOST || old > MOST) {
                throw new PositionRefused(PositionRefusal.INVALID_RATIO, now + " for " + old + ".");
            }
            if (unitValue.signum() < 0) {
                throw new PositionRefused(PositionRefusal.NEGATIVE_PRICE, "A fraction is paid with " + unitValue + " for a whole.");
            }
        }
    }
}
