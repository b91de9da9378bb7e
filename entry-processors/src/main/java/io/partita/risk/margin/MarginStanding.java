package io.partita.risk.margin;

/**
 * What an account has and what it needs, in minor units of its margin's currency.
 *
 * @param collateral  cash
 * @param worth       of positions that were paid for
 * @param variation   gain of positions that were not paid for, since it was settled last; less than 0 for a loss
 * @param initial     what positions may lose, by the terms' tail
 * @param maintenance the share of it that has to be there at any time
 */
public record MarginStanding(long collateral, long worth, long variation, long initial, long maintenance) {

    /**
     * Where an account stands.
     *
     * @param risk       of the positions that have one
     * @param unmeasured absolute worths of those that have none: all of that may be lost
     * @throws ArithmeticException if a sum does not fit
     */
    public static MarginStanding of(MarginTerms terms, long collateral, long worth, long variation, long risk, long unmeasured) {
        long initial = Math.addExact(risk, unmeasured);
        MarginStanding standing = new MarginStanding(collateral, worth, variation, initial, terms.maintenance(initial));
        Math.subtractExact(initial, standing.equity());
        return standing;
    }

    /** All that it has. */
    public long equity() {
        return Math.addExact(Math.addExact(collateral, worth), variation);
    }

    /** What is missing of the initial margin; not negative. */
    public long shortfall() {
        return Math.max(0, initial - equity());
    }

    /** Whether it has less than the maintenance margin. */
    public boolean deficient() {
        return equity() < maintenance;
    }
}
