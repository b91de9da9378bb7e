package io.partita.member.risk;

import io.partita.kernels.KernelEngine;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.backtest.Backtest;
import io.partita.kernels.backtest.Forecaster;
import io.partita.kernels.measure.RiskModel;
import io.partita.member.ledger.query.Times;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk")
@RestController
@RequestMapping("/api/v1/risk/portfolios")
final class PortfolioRiskController {

    private final FactorReader reader;
    private final KernelEngine engine;
    private final InstantSource clock;
    private final String version;

    PortfolioRiskController(FactorReader reader, KernelEngine engine, InstantSource clock, String version) {
        this.reader = reader;
        this.engine = engine;
        this.clock = clock;
        this.version = version;
    }

    private LocalDate day(String text) {
        LocalDate day = Times.date("day", text);
        return day == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : Terms.day(day);
    }

    @Operation(summary = "Value at risk and expected shortfall of a portfolio", description = """
            Of what it holds on a day, today unless said, by how the daily prices moved over a window of days before. Losses are positive. Parts add up to the whole. Options are named in \
            left and are in no figure, as are positions whose prices are missing, stale or too few. The same inputs, seed and version give the same figures.""")
    @GetMapping("/{code}")
    RiskJson.Measured measure(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method,
                              @RequestParam(defaultValue = "0.99") double level, @RequestParam(defaultValue = "500") int window,
                              @RequestParam(defaultValue = "1") int horizon, @RequestParam(defaultValue = "100000") int scenarios,
                              @RequestParam(defaultValue = "1") long seed) {
        RiskSettings settings = new RiskSettings(method, level, window, horizon, scenarios, seed);
        LocalDate until = day(day);
        RiskFactors factors = reader.read(code, until, window);
        return RiskJson.Measured.of(code, until, settings, factors, RiskFigures.of(factors, settings, engine), engine.description(), version);
    }

    @Operation(summary = "Whether the value at risk of a portfolio was right", description = """
            What it holds on a day is taken back in time: each of the last days is forecast from the window before it, and its loss is held against that; daily=true tells each \
            of these days. Tests are those of docs/risk.md.""")
    @GetMapping("/{code}/backtest")
    RiskJson.Backtested backtest(@PathVariable String code, @RequestParam(required = false) String day,
                                 @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method, @RequestParam(defaultValue = "0.99") double level,
                                 @RequestParam(defaultValue = "250") int window, @RequestParam(defaultValue = "500") int days,
                                 @RequestParam(defaultValue = "1") long seed, @RequestParam(defaultValue = "false") boolean daily) {
        RiskSettings settings = new RiskSettings(method, level, window, 1, 1, seed);
        Fields.within("days", days, RiskSettings.MOST_DAYS);
        RiskModel model = method.model().orElseThrow(() -> RequestProblem.parameter("method", "is one that goes by history."));
        RiskFactors factors = reader.read(code, day(day), window + days);
        if (factors.symbols().isEmpty()) {
            throw new KernelRefusedException(KernelRefusal.EMPTY_PORTFOLIO, code + " holds nothing that has a history of prices");
        }
        double[] profit = factors.returns().profit(factors.exposures());
        return RiskJson.Backtested.of(code, settings, factors, Backtest.run(method.name(), profit, window, level, Forecaster.of(model, profit, level), seed), daily,
                version);
    }
}
