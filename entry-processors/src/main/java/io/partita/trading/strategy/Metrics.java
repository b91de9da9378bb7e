package io.partita.trading.strategy;

import java.util.List;

/**
 * How a run did, in the usual figures. Returns are simple returns from one moment of the curve to the next; a year has 365.25 days, and as
 * many such periods as the curve has on average. A figure that does not exist (no deviation, no trade, no time) is 0.
 *
 * @param totalReturn  last equity / first cash - 1
 * @param annualReturn (1 + total return) ^ (1 / years) - 1; -1 if everything is lost
 * @param sharpe       mean return / sample deviation of returns, times the root of the periods of a year; against cash at no interest (Sharpe,
 *                     The Sharpe Ratio, Journal of Portfolio Management 21/1, 1994)
 * @param sortino      the same against the downside deviation: the root of the mean, over all periods, of squared losses (Sortino and Price,
 *                     Performance Measurement in a Downside Risk Framework, Journal of Investing 3/3, 1994)
 * @param maxDrawdown  the largest loss from a peak, as a part of the peak
 * @param hitRate      of the times that an instrument's position was opened and closed again, the part that earned more than it cost
 * @param roundTrips   how many such times there were
 * @param turnover     bought and sold, per year, as a multiple of mean equity
 * @param exposure     part of the moments at which anything was held
 * @param commission   paid, ticks times units
 */
public record Metrics(double totalReturn, double annualReturn, double sharpe, double sortino, double maxDrawdown, double hitRate, int roundTrips,
                      double turnover, double exposure, int fills, long commission) {

    private static final double NANOS_OF_A_YEAR = 365.25 * 86_400e9;

    static Metrics of(EquityCurve curve, List<Fill> fills, long cash) {
        int size = curve.size();
        if (size == 0) {
            return new Metrics(0, 0, 0, 0, 0, 0, 0, 0, 0, fills.size(), 0);
        }
        double years = (curve.time(size - 1) - curve.time(0)) / NANOS_OF_A_YEAR;
        double total = (double) curve.value(size - 1) / cash - 1;
        double periods = years > 0 ? (size - 1) / years : 0;
        Spread spread = Spread.of(curve);
        RoundTrips trips = RoundTrips.of(fills);
        return new Metrics(total, years > 0 ? Math.pow(Math.max(0, 1 + total), 1 / years) - 1 : 0, spread.ratio(spread.deviation, periods),
                spread.ratio(spread.downside, periods), drawdown(curve, cash), trips.count() == 0 ? 0 : (double) trips.won() / trips.count(),
                trips.count(), turnover(curve, fills, years), exposure(curve), fills.size(), fills.stream().mapToLong(Fill::commission).sum());
    }

    /** Of returns: their mean, sample deviation, and downside deviation. */
    private record Spread(double mean, double deviation, double downside) {

        static Spread of(EquityCurve curve) {
            int count = curve.size() - 1;
            double mean = 0;
            double squares = 0;
            double losses = 0;
            for (int i = 1; i <= count; i++) {
                double change = curve.value(i - 1) <= 0 ? 0 : (double) curve.value(i) / curve.value(i - 1) - 1;
                // Welford's way, which does not lose what is small.
                double distance = change - mean;
                mean += distance / i;
                squares += distance * (change - mean);
                losses += change < 0 ? change * change : 0;
            }
            return new Spread(mean, count < 2 ? 0 : Math.sqrt(squares / (count - 1)), count < 1 ? 0 : Math.sqrt(losses / count));
        }

        double ratio(double risk, double periods) {
            return risk == 0 ? 0 : mean / risk * Math.sqrt(periods);
        }
    }

    private static double drawdown(EquityCurve curve, long cash) {
        double worst = 0;
        long peak = cash;
        for (int i = 0; i < curve.size(); i++) {
            peak = Math.max(peak, curve.value(i));
            worst = Math.max(worst, 1 - (double) curve.value(i) / peak);
        }
        return worst;
    }

    private static double turnover(EquityCurve curve, List<Fill> fills, double years) {
        double traded = 0;
        for (Fill fill : fills) {
            traded += (double) fill.price() * fill.quantity();
        }
        double equity = 0;
        for (int i = 0; i < curve.size(); i++) {
            equity += (double) curve.value(i) / curve.size();
        }
        return years > 0 && equity > 0 ? traded / equity / years : 0;
    }

    private static double exposure(EquityCurve curve) {
        int invested = 0;
        for (int i = 0; i < curve.size(); i++) {
            invested += curve.invested(i) ? 1 : 0;
        }
        return (double) invested / curve.size();
    }
}
