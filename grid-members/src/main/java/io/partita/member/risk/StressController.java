package io.partita.member.risk;

import static io.partita.member.risk.RiskJson.money;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.Revaluation;
import io.partita.kernels.ReverseStress;
import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.random.NormalDistribution;
import io.partita.member.positions.Products;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskJson.LeftOut;
import io.partita.member.risk.StressJson.Grid;
import io.partita.member.risk.StressJson.Moving;
import io.partita.member.risk.StressJson.OfFactor;
import io.partita.member.risk.StressJson.OfPosition;
import io.partita.member.risk.StressJson.OfScenario;
import io.partita.member.risk.StressJson.Reversed;
import io.partita.member.risk.StressJson.Stressed;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Stress")
@RestController
@RequestMapping("/api/v1/risk/portfolios/{code}")
final class StressController {

    private static final int MOST_SCENARIOS = 100;
    private static final int MOST_STEPS = 41;
    private static final int MOST_FACTORS = 1_000;
    private static final double MOST_MOVE = 10;

    private final PortfolioRisk risk;
    private final StressScenarios scenarios;
    private final Products products;
    private final QuestionDay days;
    private final String version;

    StressController(PortfolioRisk risk, StressScenarios scenarios, Products products, QuestionDay days, String version) {
        this.risk = risk;
        this.scenarios = scenarios;
        this.products = products;
        this.days = days;
        this.version = version;
    }

    @Operation(summary = "What scenarios do to a portfolio", description = """
            All, unless some are named. Positions are valued anew. Positions add up to the profit, and so do factors, each moved alone, with together. Only scenarios that count in \
            standard deviations look at a window of prices.""")
    @GetMapping("/stress")
    Stressed stress(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(required = false) List<String> scenario,
                    @RequestParam(defaultValue = "500") int window, @RequestParam(defaultValue = "0") double rate) {
        List<StressScenario> wanted = scenario == null ? scenarios.all() : scenario.stream().distinct().map(scenarios::find).toList();
        if (wanted.size() > MOST_SCENARIOS) {
            throw RequestProblem.parameter("scenario", "names the scenarios that are wanted, " + MOST_SCENARIOS + " at most; there are " + wanted.size() + ".");
        }
        RiskSettings.window(window);
        LocalDate until = days.of(day);
        RiskHoldings held = risk.holdings(code, until, RiskSettings.rate(rate));
        RiskFactors factors = wanted.stream().anyMatch(one -> one.deviations() != null) ? risk.factors(held, window) : null;
        Currency base = held.base();
        List<OfScenario> outcomes = stress(held).run(wanted, factors).stream().map(outcome -> new OfScenario(outcome.scenario().code(), outcome.scenario().name(),
                money(outcome.profit(), base), outcome.positions().entrySet().stream().map(one -> new OfPosition(one.getKey(), money(one.getValue(), base))).toList(),
                outcome.factors().entrySet().stream().map(one -> new OfFactor(one.getKey(), money(one.getValue(), base))).toList(), money(outcome.together(), base),
                LeftOut.of(outcome.left()))).toList();
        double worth = held.lines().stream().mapToDouble(Line::worth).sum() + held.options().stream().mapToDouble(RiskHoldings.Option::worth).sum();
        return new Stressed(code, base.code(), until, rate, money(worth, base), outcomes, LeftOut.of(held.left()));
    }

    private Stress stress(RiskHoldings held) {
        return new Stress(held, products.find(held.lines().stream().map(Line::product).map(Products::underlying).flatMap(Optional::stream).collect(Collectors.toSet())),
                risk.engine());
    }

    @Operation(summary = "What a portfolio gains if prices and volatilities move", description = "All shares, bonds and futures by parts of themselves, and all volatilities likewise.")
    @GetMapping("/stress/grid")
    Grid grid(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "-0.3,-0.2,-0.1,-0.05,0,0.05,0.1,0.2,0.3") double[] spot,
              @RequestParam(defaultValue = "-0.5,-0.25,0,0.25,0.5,1") double[] volatility, @RequestParam(defaultValue = "0") double rate) {
        steps("spot", spot);
        steps("volatility", volatility);
        LocalDate until = days.of(day);
        RiskHoldings held = risk.holdings(code, until, RiskSettings.rate(rate));
        double[] profits = stress(held).grid(spot, volatility);
        List<List<String>> rows = IntStream.range(0, spot.length).mapToObj(i -> Arrays.stream(profits, i * volatility.length, (i + 1) * volatility.length)
                .mapToObj(profit -> money(profit, held.base())).toList()).toList();
        return new Grid(code, held.base().code(), until, rate, spot, volatility, rows, LeftOut.of(held.left()));
    }

    private static void steps(String name, double[] moves) {
        if (moves.length < 1 || moves.length > MOST_STEPS || !Arrays.stream(moves).allMatch(move -> move > -1 && move <= MOST_MOVE)) {
            throw RequestProblem.parameter(name, "are 1 to " + MOST_STEPS + " moves above -1, " + MOST_MOVE + " at most.");
        }
    }

    @Operation(summary = "The most likely way to lose an amount", description = """
            Of all moves of the factors by which the portfolio loses so much, the one nearest to no move, in standard deviations of a shrunk covariance. Closed form for amounts, iterated for options, \
            where nothing proves that no other is nearer. LOSS_NOT_REACHED if nothing within 30 deviations loses so much.""")
    @GetMapping("/reverse-stress")
    Reversed reverse(@PathVariable String code, @RequestParam double loss, @RequestParam(required = false) String day, @RequestParam(defaultValue = "500") int window,
                     @RequestParam(defaultValue = "1") int horizon, @RequestParam(defaultValue = "0") double rate) {
        if (!(loss > 0 && loss < Double.POSITIVE_INFINITY)) {
            throw RequestProblem.parameter("loss", "is an amount above zero.");
        }
        Checks.horizon(horizon);
        LocalDate until = days.of(day);
        RiskFactors factors = risk.factors(risk.holdings(code, until, RiskSettings.rate(rate)), RiskSettings.window(window));
        int size = factors.symbols().size();
        if (size == 0) {
            throw new KernelRefusedException(KernelRefusal.EMPTY_PORTFOLIO, code + " holds nothing that has a history of prices");
        }
        if (size > MOST_FACTORS) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, size + " factors; there are " + MOST_FACTORS + " at most");
        }
        double[] covariance = RiskFigures.covariance(factors, horizon);
        Revaluation portfolio = factors.revaluation(1);
        ReverseStress found = ReverseStress.of(risk.engine(), portfolio, Cholesky.of(covariance, size), loss);
        double[] gains = portfolio.gains(risk.engine(), portfolio.widened(found.moves(), 1), 1);
        List<Moving> moving = IntStream.range(0, size).mapToObj(i -> {
            double deviation = Math.sqrt(covariance[i * size + i]);
            return new Moving(factors.symbols().get(i), found.moves()[i], deviation == 0 ? 0 : found.moves()[i] / deviation);
        }).toList();
        List<String> positions = factors.positions();
        double[] amounts = factors.amounts();
        return new Reversed(code, factors.base().code(), until, money(loss, factors.base()), horizon, rate, found.distance(), NormalDistribution.cumulative(-found.distance()),
                found.iterations(), moving, IntStream.range(0, gains.length).filter(i -> amounts[i] != 0 || i >= size)
                .mapToObj(i -> new OfPosition(positions.get(i), money(gains[i], factors.base()))).toList(), LeftOut.of(factors.left()), version, factors.inputs());
    }
}
