package io.partita.risk.margin;

import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.Tail;
import java.time.Duration;

/**
 * How much margin an account needs, and what happens if it has not.
 *
 * @param account     a trading account
 * @param currency    of all its margin
 * @param measure     of the tail: what the initial margin covers
 * @param maintenance share of the initial margin below which it is called for more, in ten-thousandths
 * @param deadline    for what is called
 * @param smallest    nothing below is called, in minor units
 * @param liquidates  whether an account that has missed its deadline is stopped and its positions are closed
 */
public record MarginTerms(long account, Currency currency, Measure measure, Tail tail, int maintenance, Duration deadline, long smallest, boolean liquidates) {

    public static final int ALL = 10_000;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    public MarginTerms {
        if (maintenance < 1 || maintenance > ALL || deadline == null || deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0 || smallest < 0) {
            throw new LimitRefused(LimitRefusal.MARGIN_TERMS_OUT_OF_RANGE, "Of account " + account + ".");
        }
        if (currency == null || measure == null || !measure.ofTail() || tail == null) {
            throw new LimitRefused(LimitRefusal.TAIL_OUT_OF_RANGE, measure + " of account " + account + ".");
        }
    }

    /** The share of an initial margin, rounded up. */
    long maintenance(long initial) {
        // In two parts, since the product may not fit.
        return initial / ALL * maintenance + Math.ceilDiv(initial % ALL * maintenance, ALL);
    }
}
