package io.partita.risk;

import io.partita.money.Currency;
import java.util.regex.Pattern;

/**
 * A limit of risk.
 *
 * @param code   1 to 40 small letters, digits and -
 * @param target the code of a portfolio or a counterparty, or the number of an account
 * @param base   that amounts are in
 * @param tail   of measures of the tail; null for others
 * @param holds  whether a figure above the hard level stops orders of the target's accounts that make positions larger
 */
public record RiskLimit(String code, Scope scope, String target, Measure measure, Currency base, Levels levels, Tail tail, boolean holds) {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern ACCOUNT = Pattern.compile("[1-9][0-9]{0,18}");

    public RiskLimit {
        if (!isCode(code)) {
            throw new LimitRefused(LimitRefusal.MALFORMED_LIMIT_CODE, code == null ? "There is none." : code);
        }
        if (scope == null || measure == null || target == null || base == null || levels == null) {
            throw new LimitRefused(LimitRefusal.LIMIT_INCOMPLETE, code);
        }
        if (!(scope == Scope.ACCOUNT ? isAccount(target) : isCode(target))) {
            throw new LimitRefused(LimitRefusal.MALFORMED_TARGET, target);
        }
        if ((scope == Scope.COUNTERPARTY) != (measure == Measure.COUNTERPARTY_EXPOSURE)) {
            throw new LimitRefused(LimitRefusal.MEASURE_NOT_OF_SCOPE, measure + " of " + scope);
        }
        if (measure.ofTail() != (tail != null)) {
            throw new LimitRefused(LimitRefusal.TAIL_OUT_OF_RANGE, measure + (tail == null ? " needs a level, a horizon and a window." : " has neither a level nor a horizon."));
        }
    }

    /** Whether that may be the code of a limit or a counterparty. */
    public static boolean isCode(String text) {
        return text != null && CODE.matcher(text).matches();
    }

    private static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches() && (text.length() < 19 || text.compareTo(Long.toString(Long.MAX_VALUE)) <= 0);
    }

    /** Whether another is on the same, so that a breach of this one is one of the other, too. */
    public boolean isOnWhat(RiskLimit other) {
        return scope == other.scope && target.equals(other.target) && measure == other.measure && base == other.base;
    }

    /** Where a figure stands against it. */
    public LimitState state(Figure figure) {
        return switch (figure) {
            case Figure.Known known -> levels.state(known.value());
            case Figure.Unknown _ -> LimitState.UNKNOWN;
        };
    }
}
