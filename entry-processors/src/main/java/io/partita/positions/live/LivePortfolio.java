package io.partita.positions.live;

import io.partita.money.Currency;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;

/**
 * A portfolio as it was marked last.
 *
 * @param day         of UTC that it was marked on; the day's gain is since the close before
 * @param totals      in minor units of the base currency
 * @param gain        realized, unrealized and income, less fees, in minor units of the base currency
 * @param dayGain     by which the gain has grown since the day began; null if something that was held then had no price or rate
 * @param valueAtRisk of one day at 99 %, by today's exposures and a covariance that was made before, in major units of the base currency; null if it is not known
 * @param riskTime    when that was calculated, in nanoseconds since 1970; 0 if it was not
 * @param riskLeft    positions that are not in the value at risk
 * @param refused     accounts whose positions are in no sum, since they are too many to be read
 * @param time        of the latest price that counts in it, in nanoseconds since 1970; 0 if there is none
 * @param told        when it was marked, likewise
 */
public record LivePortfolio(String code, Level level, String parent, String base, long run, long revision, String day, Totals totals, long gain, Long dayGain,
                            Double valueAtRisk, long riskTime, int riskLeft, int refused, long time, long told) implements LiveRow {

    /**
     * A portfolio.
     *
     * @param opening what it had gained when the day began; null if that is not known
     */
    public static LivePortfolio of(Portfolio portfolio, long run, long revision, String day, Totals totals, Long opening, Risk risk, int refused, long time, long told) {
        return new LivePortfolio(portfolio.code(), portfolio.level(), portfolio.parent(), portfolio.base().code(), run, revision, day, totals, totals.gain(),
                opening == null ? null : Math.subtractExact(totals.gain(), opening), risk.valueAtRisk, risk.time, risk.left, refused, time, told);
    }

    /** Stands for a portfolio that is no more. */
    public static LivePortfolio gone(String code, long run, long revision) {
        return new LivePortfolio(code, Level.BOOK, null, "", run, revision, "", Totals.ZERO, 0, null, null, 0, 0, 0, 0, 0);
    }

    /**
     * A value at risk.
     *
     * @param valueAtRisk null if it is not known
     * @param time        when it was calculated, in nanoseconds since 1970
     * @param left        positions that are not in it
     */
    public record Risk(Double valueAtRisk, long time, int left) {

        public static final Risk NONE = new Risk(null, 0, 0);
    }

    public Currency currency() {
        return Currency.of(base);
    }
}
