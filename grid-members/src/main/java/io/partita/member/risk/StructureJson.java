package io.partita.member.risk;

import io.partita.kernels.measure.Concentration;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.member.risk.RiskJson.LeftOut;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;

/** What a portfolio's risk consists of, as REST tells it. Amounts are in the base currency of the portfolio. */
final class StructureJson {

    private StructureJson() {
    }

    @Schema(name = "Greeks")
    record Sums(String worth, @Schema(description = "gained if the underlying gains all of its price, at the pace of a small move") String delta,
                @Schema(description = "by how much delta changes if it gains a hundredth") String gamma, @Schema(description = "of a point of volatility more") String vega,
                @Schema(description = "of a day that passes") String theta, @Schema(description = "of a hundredth of a point more of the rate or the yield") String rho) {
    }

    @Schema(name = "GreeksOfUnderlying")
    record OfUnderlying(String symbol, String worth, String delta, String gamma, String vega, String theta, String rho) {
    }

    @Schema(name = "GreeksOfPosition")
    record OfPosition(String symbol, String kind, String underlying, String quantity, Double spot, Double years, Double volatility, String worth, String delta, String gamma,
                      String vega, String theta, String rho) {
    }

    @Schema(name = "PortfolioGreeks")
    record Greeked(String portfolio, String base, LocalDate day, double rate, Sums total, List<OfUnderlying> underlyings, List<OfPosition> positions, List<LeftOut> left) {
    }

    @Schema(name = "PortfolioCorrelation")
    record Correlated(String portfolio, String base, LocalDate day, CovarianceKind kind, LocalDate from, LocalDate to, int observations, List<String> symbols,
                      @Schema(description = "deviation of a day's return") double[] volatility, double[][] correlation, double[][] covariance,
                      @Schema(description = "over all pairs") double mean, @Schema(description = "how far it was shrunk, 0 to 1") Double intensity,
                      @Schema(description = "how many of them do not follow from others") int independent, List<LeftOut> left, String version, String inputs) {
    }

    @Schema(name = "ShareOfExposure")
    record Share(String of, String exposure, double share) {
    }

    @Schema(name = "ConcentratedPosition")
    record OnePosition(String symbol, String exposure, double share, String quantity, @Schema(description = "mean units a day, of the last 21 days that tell") Double volume,
                       @Schema(description = "to sell it") Double days) {
    }

    @Schema(name = "LiquidityOfPortfolio")
    record Liquid(double participation, double soldInADay, double soldInAWeek, double longest,
                  @Schema(description = "until all is sold") String valueAtRisk, String expectedShortfall, List<LeftOut> left) {
    }

    @Schema(name = "PortfolioConcentration")
    record Concentrated(String portfolio, String base, LocalDate day, String gross, String net, double herfindahl,
                        @Schema(description = "as many equal positions would be as concentrated") double effective, double largest,
                        @Schema(description = "share of the greatest") double top, int count, List<OnePosition> positions, List<Share> currencies, List<Share> kinds,
                        Liquid liquidity, List<LeftOut> left) {
    }

    /** Figures of nothing. */
    static final Concentration UNCONCENTRATED = new Concentration(0, 0, 0, 0);
    static final RiskEstimate NO_RISK = new RiskEstimate(0, 0);
}
