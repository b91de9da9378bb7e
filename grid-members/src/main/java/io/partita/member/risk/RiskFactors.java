package io.partita.member.risk;

import io.partita.kernels.measure.MissingDays;
import io.partita.kernels.measure.ReturnRules;
import io.partita.kernels.measure.ReturnTable;
import io.partita.money.Currency;
import java.time.LocalDate;
import java.util.List;

/**
 * What a portfolio's value depends on, and how that moved.
 *
 * @param base      currency of the portfolio
 * @param symbols   a factor each: of products, and of currencies that amounts are held in
 * @param exposures by factor: what the portfolio gains if the factor gains all of its price, in major units of the base currency
 * @param prices    {@code [day * symbols + symbol]}, in the base currency
 * @param days      of the prices, the oldest first
 * @param left      positions without a figure, and why
 * @param inputs    SHA-256 of symbols, days, versions, closes and exposures: the same inputs have the same
 */
record RiskFactors(Currency base, List<String> symbols, double[] exposures, double[] prices, List<LocalDate> days, List<Left> left, String inputs) {

    /** A price that stands still for longer than that is no price. */
    static final int STALE_AFTER = 10;

    /** A position that is in no figure. @param reason {@code MISSING_PRICE}, {@code MISSING_RATE}, {@code HISTORY_TOO_SHORT}, {@code STALE_PRICES}, {@code OPTION} */
    record Left(String symbol, String reason) {
    }

    RiskFactors {
        symbols = List.copyOf(symbols);
        days = List.copyOf(days);
        left = List.copyOf(left);
    }

    ReturnTable returns() {
        return ReturnTable.fromPrices(prices, days.size(), symbols.size(), ReturnRules.STRICT.withMissing(MissingDays.REFUSE).withStaleAfter(0));
    }
}
