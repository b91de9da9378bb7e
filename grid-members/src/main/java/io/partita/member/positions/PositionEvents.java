package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Amount;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.PositionEvent;
import io.partita.positions.lots.PositionEvent.Income;
import io.partita.positions.lots.PositionEvent.Split;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Puts the events of one position into their order: on each day first the splits, then dividends and coupons for what was held before, then the
 * trades. Used by one thread.
 */
final class PositionEvents {

    /**
     * What a company did.
     *
     * @param now    of a split: so many shares for {@code old}; 0 for a dividend
     * @param amount of a dividend: for each share, in major units; null for a split
     * @param close  the first close from that day on, by which fractions are paid; null if there is none yet
     */
    record ShareAction(LocalDate day, long now, long old, BigDecimal amount, Price close) {
    }

    /** Stands for the number of a trade. */
    private static final long REDEMPTION = 0;

    private final Product product;
    private final Currency base;
    private final RateHistory rates;
    private final Deque<ShareAction> actions;
    private final Deque<LocalDate> coupons;
    private final List<PositionEvent> events = new ArrayList<>();
    private long quantity;
    private Holding folded;
    private int foldedTo;
    private boolean whole = true;

    /** @param actions the oldest first */
    PositionEvents(Product product, Currency base, RateHistory rates, List<ShareAction> actions) {
        this.product = product;
        this.base = base;
        this.rates = rates;
        folded = Holding.none(product.paidUpFront());
        this.actions = new ArrayDeque<>(actions.stream().sorted(Comparator.comparing(ShareAction::day).thenComparing(action -> action.amount != null))
                .toList());
        coupons = new ArrayDeque<>(product instanceof FixedCouponBond bond ? bond.couponDays() : List.of());
    }

    /** A trade; they come in the order of their days. */
    void trade(LocalDate day, long number, long traded, long cash, long fee) {
        happened(day);
        events.add(new Trade(number, day, traded, cash, fee, rate(day)));
        quantity = Terms.sum(quantity, traded);
    }

    /** All events up to a day. */
    List<PositionEvent> until(LocalDate day) {
        happened(day);
        return List.copyOf(events);
    }

    /** Whether all rates were there. */
    boolean whole() {
        return whole;
    }

    /** What happened by itself up to a day. */
    private void happened(LocalDate day) {
        while (!actions.isEmpty() && !actions.peek().day.isAfter(day)) {
            act(actions.poll());
        }
        while (!coupons.isEmpty() && !coupons.peek().isAfter(day)) {
            pay((FixedCouponBond) product, coupons.poll());
        }
    }

    /** A coupon, and with the last one the face. */
    private void pay(FixedCouponBond bond, LocalDate coupon) {
        if (quantity == 0) {
            return;
        }
        events.add(new Income(coupon, bond.coupon(quantity, coupon), rate(coupon)));
        if (coupon.equals(bond.maturity())) {
            events.add(new Trade(REDEMPTION, coupon, -quantity, Terms.minor(BigDecimal.valueOf(-quantity).multiply(BigDecimal.valueOf(bond.face())), RoundingMode.UNNECESSARY), 0, rate(coupon)));
            quantity = 0;
        }
    }

    private void act(ShareAction action) {
        if (quantity == 0) {
            return;
        }
        if (action.amount == null) {
            events.add(new Split(action.day, action.now, action.old, unitValue(action), rate(action.day)));
            quantity = folded().quantity();
        } else {
            BigDecimal cash = action.amount.movePointRight(product.currency().minorDigits()).multiply(BigDecimal.valueOf(quantity));
            events.add(new Income(action.day, Terms.minor(cash, RoundingMode.HALF_EVEN), rate(action.day)));
        }
    }

    /** Of a new share: the first close after the split, or else what it has cost, so that nothing is gained. */
    private BigDecimal unitValue(ShareAction action) {
        if (action.close != null) {
            return action.close.value().multiply(product.pointValue()).max(BigDecimal.ZERO);
        }
        Amount cost = folded().cost(Method.AVERAGE);
        return BigDecimal.valueOf(cost.local()).multiply(BigDecimal.valueOf(action.old))
                .divide(BigDecimal.valueOf(quantity).multiply(BigDecimal.valueOf(action.now)), 8, RoundingMode.HALF_EVEN).max(BigDecimal.ZERO);
    }

    /** What the events so far lead to. */
    private Holding folded() {
        folded = folded.apply(events.subList(foldedTo, events.size()));
        foldedTo = events.size();
        return folded;
    }

    private Conversion rate(LocalDate day) {
        Optional<Conversion> rate = rates.on(day, product.currency(), base);
        whole &= rate.isPresent();
        return rate.orElseGet(() -> Conversion.none(product.currency()));
    }
}
