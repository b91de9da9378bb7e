package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import java.util.Objects;

/**
 * How prices become returns.
 *
 * @param kind       of the returns
 * @param missing    what becomes of days without a price
 * @param staleAfter a price that has not moved for so many days in a row is refused as stale; 0 for one that may stand still for ever
 */
public record ReturnRules(ReturnKind kind, MissingDays missing, int staleAfter) {

    /** Simple returns; a missing price is refused, and one that stands still for ten days too. */
    public static final ReturnRules STRICT = new ReturnRules(ReturnKind.SIMPLE, MissingDays.REFUSE, 10);

    public ReturnRules {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(missing, "missing");
        if (staleAfter < 0) {
            throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "stale after " + staleAfter + " days");
        }
    }

    public ReturnRules withKind(ReturnKind other) {
        return new ReturnRules(other, missing, staleAfter);
    }

    public ReturnRules withMissing(MissingDays other) {
        return new ReturnRules(kind, other, staleAfter);
    }

    public ReturnRules withStaleAfter(int days) {
        return new ReturnRules(kind, missing, days);
    }
}
