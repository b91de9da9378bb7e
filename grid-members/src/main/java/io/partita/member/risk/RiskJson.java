package io.partita.member.risk;

import io.partita.kernels.backtest.BacktestReport;
import io.partita.kernels.backtest.TrafficLight;
import io.partita.member.risk.PortfolioRisk.Measured;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.money.Currency;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
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

    static String money(double amount, Currency base) {
        return Double.isNaN(amount) ? null : new BigDecimal(amount).setScale(base.minorDigits(), RoundingMode.HALF_EVEN).toPlainString();
    }

    /** As files of positions have it. */
    static String quantity(Product product, long units) {
        return switch (product) {
            case Cash cash -> cash.currency().toMajor(units).toPlainString();
            case CurrencyPair pair -> pair.base().toMajor(units).toPlainString();
            case FxForward forward -> forward.base().toMajor(units).toPlainString();
            case Equity _, FixedCouponBond _, Future _, VanillaOption _ -> Long.toString(units);
        };
    }

    @Schema(name = "RiskFactor")
    record Factor(String symbol, @Schema(description = "what is gained if it gains all of its price") String exposure,
                  @Schema(description = "its part of the value at risk") String component, @Schema(description = "of the expected shortfall") String shortfallComponent) {
    }

    @Schema(name = "LeftOutOfRisk")
    record LeftOut(String symbol, @Schema(description = "one of those in docs/risk.md, as STALE_PRICES") String reason) {

        static List<LeftOut> of(List<Left> left) {
            return left.stream().map(one -> new LeftOut(one.symbol(), one.reason())).distinct().toList();
        }
    }

    @Schema(name = "RiskStandIn")
    record Stands(String symbol, @Schema(description = "whose prices stand for its own") String by) {
    }

    @Schema(name = "PortfolioRisk")
    record Risk(String portfolio, String base, LocalDate day, RiskMethod method, double level, int horizon, double rate, LocalDate from, LocalDate to, int observations,
                String valueAtRisk, String expectedShortfall,
                @Schema(description = "the true value at risk is from here to high in 95 of 100 cases; of Monte Carlo only") String low, String high,
                String shortfallError, List<Factor> factors, @Schema(description = "positions that are in no figure") List<LeftOut> left, List<Stands> stands,
                Integer scenarios, String seed, String engine, @Schema(description = "of the code") String version,
                @Schema(description = "SHA-256 of the prices, their versions, the terms and the exposures") String inputs) {

        static Risk of(Measured measured, String version) {
            RiskFactors factors = measured.factors();
            RiskFigures figures = measured.figures();
            RiskSettings settings = measured.settings();
            Currency base = factors.base();
            boolean drawn = settings.method() == RiskMethod.MONTE_CARLO;
            List<String> positions = factors.positions();
            double[] amounts = factors.amounts();
            // What only moves an option is no position.
            List<Factor> all = IntStream.range(0, positions.size()).filter(i -> amounts[i] != 0 || factors.options().isEmpty()).mapToObj(i -> new Factor(positions.get(i),
                    money(amounts[i], base), money(figures.component()[i], base), money(figures.shortfallComponent()[i], base))).toList();
            return new Risk(measured.portfolio(), base.code(), measured.day(), settings.method(), settings.level(), settings.horizon(), settings.rate(),
                    factors.days().isEmpty() ? null : factors.days().getFirst(), factors.days().isEmpty() ? null : factors.days().getLast(),
                    Math.max(factors.days().size() - 1, 0), money(figures.risk().valueAtRisk(), base), money(figures.risk().expectedShortfall(), base),
                    money(figures.low(), base), money(figures.high(), base), money(figures.shortfallError(), base), all, LeftOut.of(factors.left()),
                    factors.stands().entrySet().stream().map(one -> new Stands(one.getKey(), one.getValue())).toList(),
                    drawn ? settings.scenarios() : null, drawn ? Long.toString(settings.seed()) : null, drawn ? measured.engine() : null, version, factors.inputs());
        }
    }

    @Schema(name = "RiskTrade")
    record Trade(String symbol, @Schema(description = "as files of positions have it; negative to sell") String quantity) {
    }

    @Schema(name = "RiskTrades")
    record Trades(List<Trade> trades) {
    }

    @Schema(name = "RiskChange")
    record Change(String valueAtRisk, String expectedShortfall) {
    }

    @Schema(name = "WhatIf")
    record WhatIf(Risk before, Risk after, @Schema(description = "what is more after; valueAtRisk is the incremental one") Change change) {

        static WhatIf of(Measured before, Measured after, String version) {
            Currency base = before.factors().base();
            return new WhatIf(Risk.of(before, version), Risk.of(after, version),
                    new Change(money(after.figures().risk().valueAtRisk() - before.figures().risk().valueAtRisk(), base),
                            money(after.figures().risk().expectedShortfall() - before.figures().risk().expectedShortfall(), base)));
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
