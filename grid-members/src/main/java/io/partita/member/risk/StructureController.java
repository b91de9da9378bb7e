package io.partita.member.risk;

import static io.partita.member.risk.RiskJson.money;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.algebra.Cholesky;
import io.partita.kernels.measure.Concentration;
import io.partita.kernels.measure.Covariance;
import io.partita.kernels.measure.Liquidity;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.member.positions.PriceHistories;
import io.partita.member.positions.Prices;
import io.partita.member.rest.Fields;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.member.risk.RiskJson.LeftOut;
import io.partita.member.risk.StructureJson.Concentrated;
import io.partita.member.risk.StructureJson.Correlated;
import io.partita.member.risk.StructureJson.Greeked;
import io.partita.member.risk.StructureJson.Liquid;
import io.partita.member.risk.StructureJson.OfPosition;
import io.partita.member.risk.StructureJson.OfUnderlying;
import io.partita.member.risk.StructureJson.OnePosition;
import io.partita.member.risk.StructureJson.Share;
import io.partita.member.risk.StructureJson.Sums;
import io.partita.money.Currency;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Product;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk")
@RestController
@RequestMapping("/api/v1/risk/portfolios/{code}")
final class StructureController {

    private static final int MOST_FACTORS = 500;
    private static final int MOST_POSITIONS = 10_000;
    /** A month of trading. */
    private static final int VOLUMES = 21;
    private static final int DAYS_FOR_VOLUMES = 90;
    private static final int WEEK = 5;

    private final PortfolioRisk risk;
    private final PriceHistories histories;
    private final QuestionDay days;
    private final String version;

    StructureController(PortfolioRisk risk, PriceHistories histories, QuestionDay days, String version) {
        this.risk = risk;
        this.histories = histories;
        this.days = days;
        this.version = version;
    }

    // ---- Greeks ------------------------------------------------------------------------------------------------------------

    @Operation(summary = "The Greeks of a portfolio", description = """
            Of each position, each underlying and in all, in money of the base currency. Volatilities are those that the last prices of options imply. Whatever gains as its price does has a delta \
            alone, a bond a rho by its yield as well.""")
    @GetMapping("/greeks")
    Greeked greeks(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "0") double rate) {
        LocalDate until = days.of(day);
        RiskHoldings held = risk.holdings(code, until, RiskSettings.rate(rate));
        List<GreekFigures> ofOptions = GreekFigures.of(held.options(), rate);
        Map<String, GreekFigures> underlyings = new TreeMap<>();
        List<OfPosition> positions = new ArrayList<>();
        Currency base = held.base();
        for (Line line : held.lines()) {
            GreekFigures figures = GreekFigures.of(line, until);
            underlyings.merge(line.product().symbol(), figures, GreekFigures::plus);
            positions.add(position(line.product(), null, line.quantity(), null, figures, base));
        }
        for (int i = 0; i < ofOptions.size(); i++) {
            Option option = held.options().get(i);
            underlyings.merge(option.underlying().symbol(), ofOptions.get(i), GreekFigures::plus);
            positions.add(position(option.product(), option.underlying().symbol(), option.quantity(), option, ofOptions.get(i), base));
        }
        positions.sort(Comparator.comparing(OfPosition::symbol));
        GreekFigures total = underlyings.values().stream().reduce(GreekFigures.ZERO, GreekFigures::plus);
        return new Greeked(code, base.code(), until, rate, new Sums(money(total.worth(), base), money(total.delta(), base), money(total.gamma(), base), money(total.vega(), base),
                money(total.theta(), base), money(total.rho(), base)),
                underlyings.entrySet().stream().map(entry -> new OfUnderlying(entry.getKey(), money(entry.getValue().worth(), base), money(entry.getValue().delta(), base),
                        money(entry.getValue().gamma(), base), money(entry.getValue().vega(), base), money(entry.getValue().theta(), base),
                        money(entry.getValue().rho(), base))).toList(), positions, LeftOut.of(held.left()));
    }

    private static OfPosition position(Product product, String underlying, long quantity, Option option, GreekFigures figures, Currency base) {
        return new OfPosition(product.symbol(), AssetKind.of(product).name(), underlying, RiskJson.quantity(product, quantity), option == null ? null : option.price(),
                option == null ? null : option.years(), option == null ? null : option.volatility(), money(figures.worth(), base), money(figures.delta(), base),
                money(figures.gamma(), base), money(figures.vega(), base), money(figures.theta(), base), money(figures.rho(), base));
    }

    // ---- how factors move together -----------------------------------------------------------------------------------------

    @Operation(summary = "How the factors of a portfolio move together", description = """
            Covariances and correlations of daily returns in the base currency, of the factors with the greatest exposures. A factor that stands still has correlation 0 with all others.""")
    @GetMapping("/correlation")
    Correlated correlation(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "500") int window,
                           @RequestParam(defaultValue = "LEDOIT_WOLF") CovarianceKind kind, @RequestParam(defaultValue = "50") int most) {
        Fields.within("most", most, MOST_FACTORS);
        LocalDate until = days.of(day);
        RiskFactors factors = risk.factors(risk.holdings(code, until, 0), RiskSettings.window(window));
        LocalDate from = factors.days().isEmpty() ? null : factors.days().getFirst();
        LocalDate to = factors.days().isEmpty() ? null : factors.days().getLast();
        List<LeftOut> left = LeftOut.of(factors.left());
        if (factors.symbols().isEmpty()) {
            return new Correlated(code, factors.base().code(), until, kind, from, to, 0, List.of(), new double[0], new double[0][], new double[0][], 0, null, 0, left, version,
                    factors.inputs());
        }
        ReturnTable all = factors.returns();
        double[] deltas = factors.revaluation(0).deltas();
        int[] chosen = IntStream.range(0, deltas.length).boxed().sorted(Comparator.comparingDouble(i -> -Math.abs(deltas[i]))).limit(most).mapToInt(Integer::intValue)
                .sorted().toArray();
        int size = chosen.length;
        double[] values = new double[all.days() * size];
        Arrays.setAll(values, at -> all.at(at / size, chosen[at % size]));
        CovarianceKind.Estimate estimate = kind.of(ReturnTable.of(all.kind(), values, all.days(), size));
        double[] correlation = Covariance.correlation(estimate.matrix(), size);
        double sum = Arrays.stream(correlation).sum() - size;
        return new Correlated(code, factors.base().code(), until, kind, from, to, all.days(), Arrays.stream(chosen).mapToObj(factors.symbols()::get).toList(),
                IntStream.range(0, size).mapToDouble(i -> Math.sqrt(estimate.matrix()[i * size + i])).toArray(), rows(correlation, size), rows(estimate.matrix(), size),
                size == 1 ? 1 : sum / size / (size - 1), estimate.intensity(), Cholesky.of(estimate.matrix(), size).rank(), left, version, factors.inputs());
    }

    private static double[][] rows(double[] matrix, int size) {
        return IntStream.range(0, size).mapToObj(i -> Arrays.copyOfRange(matrix, i * size, (i + 1) * size)).toArray(double[][]::new);
    }

    // ---- concentration and liquidity ---------------------------------------------------------------------------------------

    @Operation(summary = "How much of a portfolio lies in few positions, and how long it takes to sell", description = """
            Shares are of absolute exposures; that of an option is its delta. Positions are sold in equal parts of a share of their mean volume, and are at risk until then.""")
    @GetMapping("/concentration")
    Concentrated concentration(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "500") int window,
                               @RequestParam(defaultValue = "0.99") double level, @RequestParam(defaultValue = "10") int top,
                               @RequestParam(defaultValue = "0.2") double participation, @RequestParam(defaultValue = "0") double rate) {
        Fields.within("top", top, MOST_POSITIONS);
        Checks.level(level);
        if (!(participation > 0 && participation <= 1)) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, "participation " + participation);
        }
        LocalDate until = days.of(day);
        RiskHoldings held = risk.holdings(code, until, RiskSettings.rate(rate));
        List<Exposed> exposed = exposed(held, until, participation);
        double[] exposures = exposed.stream().mapToDouble(Exposed::exposure).toArray();
        Concentration concentration = exposures.length == 0 ? StructureJson.UNCONCENTRATED : Concentration.of(exposures, top);
        double gross = exposed.stream().mapToDouble(one -> Math.abs(one.exposure)).sum();
        Currency base = held.base();
        List<OnePosition> greatest = exposed.stream().sorted(Comparator.comparingDouble((Exposed one) -> -Math.abs(one.exposure)).thenComparing(one -> one.product.symbol()))
                .limit(top).map(one -> new OnePosition(one.product.symbol(), money(one.exposure, base), share(one.exposure, gross), RiskJson.quantity(one.product, one.quantity),
                        one.volume.isEmpty() ? null : one.volume.getAsDouble(), one.days.isEmpty() ? null : one.days.getAsDouble())).toList();
        return new Concentrated(code, base.code(), until, money(gross, base), money(Arrays.stream(exposures).sum(), base), concentration.herfindahl(), concentration.effective(),
                concentration.largest(), concentration.top(), Math.min(top, exposed.size()), greatest,
                shares(exposed.stream().collect(Collectors.groupingBy(one -> one.product.currency().code(), TreeMap::new, Collectors.toList())), gross, base),
                shares(exposed.stream().collect(Collectors.groupingBy(one -> AssetKind.of(one.product).name(), TreeMap::new, Collectors.toList())), gross, base),
                liquid(risk.factors(held, RiskSettings.window(window)), exposed, participation, level), LeftOut.of(held.left()));
    }

    /** @param days nothing where nobody is known to trade it */
    private record Exposed(Product product, long quantity, double exposure, OptionalDouble volume, OptionalDouble days) {
    }

    private List<Exposed> exposed(RiskHoldings held, LocalDate day, double participation) {
        List<Product> products = new ArrayList<>(held.lines().stream().map(Line::product).toList());
        held.options().forEach(option -> products.add(option.product()));
        Map<String, TreeMap<LocalDate, Prices.Close>> told = histories.of(products.stream().map(Product::symbol).collect(Collectors.toSet()),
                day.minusDays(DAYS_FOR_VOLUMES), day);
        List<Exposed> exposed = new ArrayList<>();
        held.lines().forEach(line -> exposed.add(exposed(line.product(), line.quantity(), line.worth(), told, participation)));
        List<GreekFigures> greeks = GreekFigures.of(held.options(), held.rate());
        for (int i = 0; i < greeks.size(); i++) {
            exposed.add(exposed(held.options().get(i).product(), held.options().get(i).quantity(), greeks.get(i).delta(), told, participation));
        }
        return exposed;
    }

    private static Exposed exposed(Product product, long quantity, double exposure, Map<String, TreeMap<LocalDate, Prices.Close>> told, double participation) {
        if (product instanceof Cash) {
            return new Exposed(product, quantity, exposure, OptionalDouble.empty(), OptionalDouble.of(0));
        }
        Collection<Prices.Close> latest = told.getOrDefault(product.symbol(), new TreeMap<>()).descendingMap().values();
        OptionalDouble volume = latest.stream().map(Prices.Close::volume).filter(Objects::nonNull).limit(VOLUMES).mapToLong(Long::longValue).average();
        OptionalDouble days = volume.isEmpty() || volume.getAsDouble() == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(Liquidity.days(new double[] {quantity}, new double[] {volume.getAsDouble()}, participation)[0]);
        return new Exposed(product, quantity, exposure, volume, days);
    }

    private static double share(double exposure, double gross) {
        return gross == 0 ? 0 : Math.abs(exposure) / gross;
    }

    private static List<Share> shares(Map<String, List<Exposed>> groups, double gross, Currency base) {
        return groups.entrySet().stream().map(group -> new Share(group.getKey(), money(group.getValue().stream().mapToDouble(Exposed::exposure).sum(), base),
                group.getValue().stream().mapToDouble(one -> share(one.exposure, gross)).sum())).toList();
    }

    private Liquid liquid(RiskFactors factors, List<Exposed> exposed, double participation, double level) {
        List<Left> left = new ArrayList<>(factors.left());
        Map<String, Double> sold = new HashMap<>();
        for (Exposed one : exposed) {
            if (one.days.isEmpty()) {
                left.add(new Left(one.product.symbol(), KernelRefusal.NO_VOLUME.name()));
            } else if (one.days.getAsDouble() > Checks.LONGEST_HORIZON) {
                left.add(new Left(one.product.symbol(), KernelRefusal.HORIZON_OUT_OF_RANGE.name()));
            } else {
                sold.put(one.product.symbol(), one.days.getAsDouble());
            }
        }
        List<Exposed> known = exposed.stream().filter(one -> sold.containsKey(one.product.symbol())).toList();
        double[] exposures = known.stream().mapToDouble(Exposed::exposure).toArray();
        double[] inDays = known.stream().mapToDouble(one -> one.days.getAsDouble()).toArray();
        RiskEstimate estimate = StructureJson.NO_RISK;
        if (!factors.symbols().isEmpty()) {
            ReturnTable gains = factors.gains(risk.engine(), RiskFactors.ones(factors.days().size() - 1), true);
            List<String> positions = factors.positions();
            // Accrued interest lies in its currency, which needs no selling.
            Set<String> unsold = exposed.stream().map(one -> one.product.symbol()).filter(symbol -> !sold.containsKey(symbol)).collect(Collectors.toSet());
            double[] counted = positions.stream().mapToDouble(symbol -> unsold.contains(symbol) ? 0 : 1).toArray();
            estimate = Liquidity.untilSold(gains, counted, positions.stream().mapToDouble(symbol -> sold.getOrDefault(symbol, 0.0)).toArray(), level);
        }
        return new Liquid(participation, known.isEmpty() ? 1 : Liquidity.sold(exposures, inDays, 1), known.isEmpty() ? 1 : Liquidity.sold(exposures, inDays, WEEK),
                Arrays.stream(inDays).max().orElse(0), money(estimate.valueAtRisk(), factors.base()), money(estimate.expectedShortfall(), factors.base()), LeftOut.of(left));
    }
}
