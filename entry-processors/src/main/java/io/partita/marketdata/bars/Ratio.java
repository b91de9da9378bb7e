package io.partita.marketdata.bars;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A fraction, as it is: nothing is rounded before somebody asks for decimals. In lowest terms. */
public record Ratio(BigInteger over, BigInteger under) {

    public static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

    public Ratio {
        if (over.signum() < 0 || under.signum() <= 0) {
            throw new IllegalArgumentException("a factor is not negative: " + over + "/" + under);
        }
        BigInteger common = over.gcd(under);
        over = over.divide(common);
        under = under.divide(common);
    }

    Ratio times(BigDecimal factor, BigDecimal divisor) {
        int scale = Math.max(0, Math.max(factor.scale(), divisor.scale()));
        return new Ratio(over.multiply(factor.setScale(scale).unscaledValue()), under.multiply(divisor.setScale(scale).unscaledValue()));
    }

    /** A number times this, rounded once, half to even. */
    public BigDecimal of(BigDecimal number, int decimals) {
        return number.multiply(new BigDecimal(over)).divide(new BigDecimal(under), decimals, RoundingMode.HALF_EVEN);
    }
}
