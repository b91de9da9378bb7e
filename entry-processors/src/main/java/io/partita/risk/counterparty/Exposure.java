package io.partita.risk.counterparty;

import java.math.BigInteger;
import java.util.Collection;

/**
 * What is lost if the counterparty of a netting set fails, in minor units. None is negative.
 *
 * @param gross    the sum of positive worths, as if nothing could be set off
 * @param netted   the sum of all worths if the set can be enforced, otherwise as gross
 * @param current  of that, what the collateral does not cover
 * @param addOn    what may be added until the contracts end
 */
public record Exposure(long gross, long netted, long current, long addOn) {

    public static final Exposure NONE = new Exposure(0, 0, 0, 0);

    /** A share of the add-on that netting never takes away: 40 %. */
    private static final BigInteger FIXED = BigInteger.valueOf(4);
    private static final BigInteger BY_RATIO = BigInteger.valueOf(6);

    /**
     * The exposure of a netting set. The add-on of one that can be enforced is {@code 0.4 gross + 0.6 NGR gross}, NGR being netted over gross worth (Basel Committee 2006, annex 4, paragraph 96), or
     * all of it where there is no gross worth.
     *
     * @param enforceable whether the worths can be set off against each other if it fails
     * @param collateral  held from the counterparty; less than 0 for what it holds
     * @throws ArithmeticException if a sum does not fit
     */
    public static Exposure of(Collection<Contract> contracts, boolean enforceable, long collateral) {
        long gross = 0;
        long sum = 0;
        long addOns = 0;
        for (Contract contract : contracts) {
            gross = Math.addExact(gross, Math.max(0, contract.worth()));
            sum = Math.addExact(sum, contract.worth());
            addOns = Math.addExact(addOns, contract.addOn().of(contract.notional(), contract.days()));
        }
        long netted = enforceable ? Math.max(0, sum) : gross;
        // What was posted is lost beyond what is owed, unless that is set off.
        long current = Math.max(0, Math.subtractExact(enforceable ? sum : gross, collateral));
        return new Exposure(gross, netted, current, enforceable && gross > 0 ? netted(addOns, netted, gross) : addOns);
    }

    private static long netted(long addOns, long netted, long gross) {
        BigInteger whole = BigInteger.valueOf(gross);
        BigInteger over = whole.multiply(BigInteger.TEN);
        BigInteger[] parts = BigInteger.valueOf(addOns).multiply(FIXED.multiply(whole).add(BY_RATIO.multiply(BigInteger.valueOf(netted)))).divideAndRemainder(over);
        return parts[0].add(parts[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO).longValueExact();
    }

    public Exposure plus(Exposure other) {
        return new Exposure(Math.addExact(gross, other.gross), Math.addExact(netted, other.netted), Math.addExact(current, other.current), Math.addExact(addOn, other.addOn));
    }

    /** Current and potential together. */
    public long total() {
        return Math.addExact(current, addOn);
    }
}
