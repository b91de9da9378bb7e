package io.partita.member.risk;

import io.partita.kernels.backtest.BacktestReport;
import io.partita.kernels.backtest.TrafficLight;
import io.partita.member.risk.RiskFactors.Left;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Risk as REST tells it. Amounts are in the base currency of the portfolio, losses positive. */
final class RiskJson {

    private RiskJson() {
    }

    private static String money(double amount, Currency base) {
        return Double.isNaN(amount) ? null : new BigDecimal(amount).setScale(base.minorDigits(), RoundingMode.HALF_EVEN).toPlainString();
    }

    @Schema(name = "RiskFactor")
    record Factor(String symbol, @Schema(description = "what is gained if it gains all of its price") String exposure,
                  @Schema(description = "its part of the value at risk") String component, @Schema(description = "of the expected shortfall") String shortfallComponent) {
    }

    @Schema(name = "LeftOutOfRisk")
    record LeftOut(String symbol, @Schema(description = "MISSING_PRICE, MISSING_RATE, HISTORY_TOO_SHORT, STALE_PRICES or OPTION") String reason) {

        static List<LeftOut> of(List<Left> left) {
            return left.stream().map(one -> new LeftOut(one.symbol(), one.reason())).distinct().toList();
        }
    }

    @Schema(name = "PortfolioRisk")
    record Measured(String portfolio, String base, LocalDate day, RiskMethod method, double level, int horizon, LocalDate from, LocalDate to, int observations,
                    String valueAtRisk, String expectedShortfall,
                    @Schema(description = "the true value at risk is from here to high in 95 of 100 cases; of Monte Carlo only") String low, String high,
                    String shortfallError, List<Factor> factors, @Schema(description = "positions that are in no figure") List<LeftOut> left,
                    Integer scenarios, String seed, String engine, @Schema(description = "of the code") String version,
                    @Schema(description = "SHA-256 of the prices, their versions and the exposures") String inputs) {

        static Measured of(String portfolio, LocalDate day, RiskSettings settings, RiskFactors factors, RiskFigures figures, String engine, String version) {
            Currency base = factors.base();
            boolean drawn = settings.method() == RiskMethod.MONTE_CARLO;
            List<Factor> all = IntStream.range(0, factors.symbols().size()).mapToObj(i -> new Factor(factors.symbols().get(i),
                    money(factors.exposures()[i], base), money(figures.component()[i], base), money(figures.shortfallComponent()[i], base))).toList();
            return new Measured(portfolio, base.code(), day, settings.method(), settings.level(), settings.horizon(),
                    factors.days().isEmpty() ? null : factors.days().getFirst(), factors.days().isEmpty() ? null : factors.days().getLast(),
                    Math.max(factors.days().size() - 1, 0), money(figures.risk().valueAtRisk(), base), money(figures.risk().expectedShortfall(), base),
                    money(figures.low(), base), money(figures.high(), base), money(figures.shortfallError(), base), all, LeftOut.of(factors.left()),
                    drawn ? settings.scenarios() : null, drawn ? Long.toString(settings.seed()) : null, drawn ? engine : null, version, factors.inputs());
        }
    }

    @Schema(name = "RiskException")
    record Exceeded(LocalDate day, String loss, String valueAtRisk) {
    }

    @Schema(name = "ForecastDay")
    record Forecast(LocalDate day, @Schema(description = "negative if it was a profit") String loss, String valueAtRisk) {
    }

    @Schema(name = "RiskBacktest")
    record Backtested(String portfolio, String base, RiskMethod method, double level, int window, LocalDate from, LocalDate to, int days, double expected,
                      List<Exceeded> exceptions, @Schema(description = "p-value of as many exceptions (Kupiec)") double coverage,
                      @Schema(description = "p-value of exceptions that do not come together (Christoffersen)") double independence,
                      @Schema(description = "p-value of both") double conditional, @Schema(description = "coverage and both are not rejected at 5 %") boolean accepted,
                      @Schema(description = "of the Basel committee") TrafficLight.Zone zone, double multiplier,
                      @Schema(description = "Z2 of Acerbi and Szekely: 0 is expected, more is worse") double shortfallStatistic, double shortfallCritical,
                      @Schema(description = "all days that were forecast, the oldest first; absent unless asked for") List<Forecast> daily,
                      List<LeftOut> left, String version, String inputs) {

        static Backtested of(String portfolio, RiskSettings settings, RiskFactors factors, BacktestReport report, boolean daily, String version) {
            Currency base = factors.base();
            List<LocalDate> days = factors.days().subList(factors.days().size() - report.days(), factors.days().size());
            return new Backtested(portfolio, base.code(), settings.method(), settings.level(), settings.window(), days.getFirst(), days.getLast(), report.days(),
                    report.expected(), Arrays.stream(report.exceptions()).mapToObj(day -> new Exceeded(days.get(day), money(report.losses()[day], base),
                    money(report.valueAtRisk()[day], base))).toList(), report.coverage().pValue(), report.clustering().independence().pValue(),
                    report.clustering().conditional().pValue(), report.accepted(0.05), report.trafficLight().zone(), report.trafficLight().multiplier(),
                    report.shortfallTest().statistic(), report.shortfallTest().criticalValue(), daily ? IntStream.range(0, days.size()).mapToObj(day ->
                    new Forecast(days.get(day), money(report.losses()[day], base), money(report.valueAtRisk()[day], base))).toList() : null, LeftOut.of(factors.left()), version, factors.inputs());
        }
    }
}
