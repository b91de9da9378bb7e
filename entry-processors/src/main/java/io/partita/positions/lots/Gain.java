package io.partita.positions.lots;

import io.partita.positions.fx.Conversion;
import io.partita.positions.product.Terms;

/**
 * A gain, or a loss: in the product's currency, in the base currency, and how much of the latter came from the rate alone. {@code base - fx} is the
 * local gain at the rate of its end; {@code fx} is what the cost gained since it was paid, because the rate has moved.
 */
public record Gain(long local, long base, long fx) {

    public static final Gain ZERO = new Gain(0, 0, 0);

    /** What lies between what was got and what it had cost, at the rate of now. */
    static Gain between(Amount got, Amount cost, Conversion now) {
        long local = Terms.difference(got.local(), cost.local());
        long base = Terms.difference(got.base(), cost.base());
        return new Gain(local, base, Terms.difference(base, now.of(local)));
    }

    /** Of what was never paid for: a gain as it is at the rate of now. */
    static Gain unpaid(long local, Conversion now) {
        return new Gain(local, now.of(local), 0);
    }

    public Gain plus(Gain other) {
        return new Gain(Terms.sum(local, other.local), Terms.sum(base, other.base), Terms.sum(fx, other.fx));
    }

    /** The part of the base that came from the price. */
    public long price() {
        return Terms.difference(base, fx);
    }
}
