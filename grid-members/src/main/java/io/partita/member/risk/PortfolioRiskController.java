package io.partita.member.risk;

import static io.partita.member.rest.Fields.required;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.backtest.Backtest;
import io.partita.kernels.backtest.Forecaster;
import io.partita.kernels.measure.RiskModel;
import io.partita.member.positions.Products;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.PortfolioRisk.Measured;
import io.partita.member.risk.RiskJson.Trade;
import io.partita.member.risk.RiskJson.Trades;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk")
@RestController
@RequestMapping("/api/v1/risk/portfolios")
final class PortfolioRiskController {

    private static final int MOST_TRADES = 1_000;

    private final PortfolioRisk risk;
    private final Products products;
    private final QuestionDay days;
    private final String version;

    PortfolioRiskController(PortfolioRisk risk, Products products, QuestionDay days, String version) {
        this.risk = risk;
        this.products = products;
        this.days = days;
        this.version = version;
    }

    @Operation(summary = "Value at risk and expected shortfall of a portfolio", description = """
            Of what it holds on a day, today unless said, by how the daily prices moved over a window of days before; options are valued anew in each scenario. Losses are positive. Parts add up \
            to the whole. Positions whose prices are missing, stale or too few are named in left and are in no figure. The same inputs, seed and version give the same figures.""")
    @GetMapping("/{code}")
    RiskJson.Risk measure(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method,
                          @RequestParam(defaultValue = "0.99") double level, @RequestParam(defaultValue = "500") int window,
                          @RequestParam(defaultValue = "1") int horizon, @RequestParam(defaultValue = "100000") int scenarios,
                          @RequestParam(defaultValue = "1") long seed, @RequestParam(defaultValue = "0") double rate) {
        RiskSettings settings = new RiskSettings(method, level, window, horizon, scenarios, seed, rate);
        return RiskJson.Risk.of(risk.measure(code, days.of(day), settings, Map.of()), version);
    }

    @Operation(summary = "What some trades would change", description = """
            Measures before and after trades at the last prices, of which nothing is kept: the change of the value at risk is the incremental one. Money that is paid for them is not counted.""")
    @PostMapping(path = "/{code}/what-if", consumes = MediaType.APPLICATION_JSON_VALUE)
    RiskJson.WhatIf whatIf(@PathVariable String code, @RequestBody Trades trades, @RequestParam(required = false) String day,
                           @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method, @RequestParam(defaultValue = "0.99") double level,
                           @RequestParam(defaultValue = "500") int window, @RequestParam(defaultValue = "1") int horizon,
                           @RequestParam(defaultValue = "100000") int scenarios, @RequestParam(defaultValue = "1") long seed,
                           @RequestParam(defaultValue = "0") double rate) {
        RiskSettings settings = new RiskSettings(method, level, window, horizon, scenarios, seed, rate);
        LocalDate until = days.of(day);
        Map<Product, Long> wanted = quantities(required("trades", trades.trades()));
        Measured before = risk.measure(code, until, settings, Map.of());
        return RiskJson.WhatIf.of(before, risk.measure(code, until, settings, wanted), version);
    }

    private Map<Product, Long> quantities(List<Trade> trades) {
        if (trades.isEmpty() || trades.size() > MOST_TRADES) {
            throw RequestProblem.field("trades", "are 1 to " + MOST_TRADES);
        }
        Map<Product, Long> quantities = new HashMap<>();
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = required("trades[" + i + "]", trades.get(i));
            Product product = products.need(trade.symbol());
            quantities.merge(product, Products.quantity(product, trade.quantity()), Terms::sum);
        }
        return quantities;
    }

    @Operation(summary = "Whether the value at risk of a portfolio was right", description = """
            What it holds on a day is taken back in time: each of the last days is forecast from the window before it, and its loss is held against that; daily=true tells each \
            of these days. Tests are those of docs/risk.md.""")
    @GetMapping("/{code}/backtest")
    RiskJson.Backtested backtest(@PathVariable String code, @RequestParam(required = false) String day,
                                 @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method, @RequestParam(defaultValue = "0.99") double level,
                                 @RequestParam(defaultValue = "250") int window, @RequestParam(name = "days", defaultValue = "500") int forecasts,
                                 @RequestParam(defaultValue = "1") long seed, @RequestParam(defaultValue = "0") double rate,
                                 @RequestParam(defaultValue = "false") boolean daily) {
        RiskSettings settings = new RiskSettings(method, level, window, 1, 1, seed, rate);
        Fields.within("days", forecasts, RiskSettings.MOST_DAYS);
        RiskModel model = method.model().orElseThrow(() -> RequestProblem.parameter("method", "is one that goes by history."));
        RiskFactors factors = risk.factors(risk.holdings(code, days.of(day), rate), window + forecasts);
        if (factors.symbols().isEmpty()) {
            throw new KernelRefusedException(KernelRefusal.EMPTY_PORTFOLIO, code + " holds nothing that has a history of prices");
        }
        double[] profit = factors.profit(risk.engine(), method.byDelta());
        return RiskJson.Backtested.of(code, settings, factors, Backtest.run(method.name(), profit, window, level, Forecaster.of(model, profit, level), seed), daily,
                version);
    }
}
