package io.partita.positions.lots;

import io.partita.positions.fx.Conversion;
import io.partita.positions.product.Terms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount in the product's currency, and what it was in the base currency when it came about. Minor units of each; sums that do not fit throw
 * {@code NUMBER_TOO_LARGE}.
 */
public record Amount(long local, long base) {

    public static final Amount ZERO = new Amount(0, 0);

    public static Amount of(long local, Conversion toBase) {
        return new Amount(local, toBase.of(local));
    }

    public Amount plus(Amount other) {
        return new Amount(Terms.sum(local, other.local), Terms.sum(base, other.base));
    }

    public Amount minus(Amount other) {
        return new Amount(Terms.difference(local, other.local), Terms.difference(base, other.base));
    }

    public Amount negated() {
        return ZERO.minus(this);
    }

    /** So many parts of it: each number rounded half even, and itself if they are all. */
    Amount part(long of, long all) {
        return of == all ? this : part(BigInteger.valueOf(of), BigInteger.valueOf(all));
    }

    Amount part(BigInteger of, BigInteger all) {
        return new Amount(part(local, of, all), part(base, of, all));
    }

    private static long part(long amount, BigInteger of, BigInteger all) {
        return new BigDecimal(BigInteger.valueOf(amount).multiply(of)).divide(new BigDecimal(all), 0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
