package io.partita.member.risk;

import io.partita.kernels.KernelEngine;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.Revaluation;
import io.partita.kernels.measure.MissingDays;
import io.partita.kernels.measure.ReturnKind;
import io.partita.kernels.measure.ReturnRules;
import io.partita.kernels.measure.ReturnTable;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.money.Currency;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What a portfolio's value depends on, and how that moved.
 *
 * @param base      currency of the portfolio
 * @param symbols   a factor each: of products, and of currencies that amounts are held in
 * @param exposures by factor: what the portfolio gains if the factor gains all of its price, in major units of the base currency; without options
 * @param prices    {@code [day * symbols + symbol]}, in the base currency
 * @param days      of the prices, the oldest first
 * @param options   that are valued anew by the factors' moves
 * @param left      positions without a figure, and why
 * @param stands    whose prices stand for those of another, by the symbol of the latter
 * @param digests   of each factor and option: SHA-256 of its amount or terms, and of its prices with their days and versions
 * @param inputs    SHA-256 of all of these: the same inputs have the same
 */
record RiskFactors(Currency base, List<String> symbols, double[] exposures, double[] prices, List<LocalDate> days, OptionLines options, List<Left> left,
                   Map<String, String> stands, Map<String, String> digests, String inputs) {

    /** A price that stands still for longer than that is no price. */
    static final int STALE_AFTER = 10;
    /** Of trees for one question: about half a minute on two cores. */
    private static final double MOST_NODES = 2e10;

    RiskFactors {
        symbols = List.copyOf(symbols);
        days = List.copyOf(days);
        left = List.copyOf(left);
        stands = new TreeMap<>(stands);
        digests = new TreeMap<>(digests);
    }

    ReturnTable returns() {
        return ReturnTable.fromPrices(prices, days.size(), symbols.size(), ReturnRules.STRICT.withMissing(MissingDays.REFUSE).withStaleAfter(0));
    }

    /** The portfolio; refuses trees that so many scenarios would take too long for. */
    Revaluation revaluation(int scenarios) {
        Revaluation revaluation = options.revaluation(exposures, false);
        if (revaluation.nodes(scenarios) > MOST_NODES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, "American options in " + scenarios + " scenarios; take fewer of these");
        }
        return revaluation;
    }

    /**
     * What each position would have gained on each day, factors first, then options.
     *
     * @param scales  by day: by what its moves are multiplied before options are valued anew
     * @param byDelta whether options are taken by their first derivative
     */
    ReturnTable gains(KernelEngine engine, double[] scales, boolean byDelta) {
        ReturnTable returns = returns();
        int count = returns.days();
        double[] scaled = returns.values().clone();
        for (int at = 0; at < scaled.length; at++) {
            scaled[at] *= scales[at / returns.assets()];
        }
        Revaluation revaluation = revaluation(byDelta ? 0 : count);
        double[] moves = revaluation.widened(scaled, count);
        return ReturnTable.of(ReturnKind.SIMPLE, byDelta ? revaluation.gainsByDelta(moves, count) : revaluation.gains(engine, moves, count), count,
                revaluation.positions());
    }

    /** What the portfolio would have gained on each day. */
    double[] profit(KernelEngine engine, boolean byDelta) {
        if (options.isEmpty()) {
            return returns().profit(exposures);
        }
        ReturnTable gains = gains(engine, ones(days.size() - 1), byDelta);
        return gains.profit(ones(gains.assets()));
    }

    static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Factors, then options. */
    List<String> positions() {
        return Stream.concat(symbols.stream(), options.options().stream().map(one -> one.product().symbol())).toList();
    }

    /** Of each of these; that of an option is its delta. */
    double[] amounts() {
        return DoubleStream.concat(Arrays.stream(exposures), Arrays.stream(options.deltas())).toArray();
    }
}
