package io.partita.member.risk;

import io.partita.kernels.KernelEngine;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.OptionBook;
import io.partita.kernels.Revaluation;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.Volatility;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.member.risk.StressScenario.Direction;
import io.partita.member.risk.StressScenario.Shock;
import io.partita.money.Currency;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What scenarios do to what a portfolio holds. Each position is valued anew: amounts by their own price and their currency, bonds by their yield, options by
 * all that they depend on. Used by one thread.
 */
final class Stress {

    static final String VOLATILITY = "VOLATILITY";
    static final String RATE = "RATE";
    private static final double MOST_NODES = 2e10;
    private static final double LEAST_LEFT = 0.01;
    /** What of a scenario moves: all of it, prices, currencies, volatilities, the rate. */
    private static final int PARTS = 5;

    private final RiskHoldings held;
    private final Map<String, Product> underlyings;
    private final KernelEngine engine;
    private final List<Option> options;
    private final List<String> optioned;
    private final List<String> currencies;
    private final int[] prices;
    private final Set<String> monies;
    private final Map<Line, BondFlows> bonds = new HashMap<>();

    /** @param underlyings those of futures, by symbol */
    Stress(RiskHoldings held, Map<String, Product> underlyings, KernelEngine engine) {
        this.held = held;
        this.underlyings = underlyings;
        this.engine = engine;
        this.options = held.options();
        this.optioned = options.stream().map(one -> one.underlying().symbol()).distinct().sorted().toList();
        this.currencies = options.stream().map(one -> one.product().currency()).filter(one -> one != held.base()).map(Currency::code).distinct().sorted().toList();
        this.prices = options.stream().mapToInt(one -> held.lines().size() + Collections.binarySearch(optioned, one.underlying().symbol())).toArray();
        this.monies = Stream.concat(currencies.stream(), held.lines().stream().map(Line::product).filter(Cash.class::isInstance).map(Product::symbol)).collect(Collectors.toSet());
        for (Line line : held.lines()) {
            if (line.product() instanceof FixedCouponBond bond) {
                BondFlows.of(line, bond, held.day()).ifPresent(flows -> bonds.put(line, flows));
            }
        }
    }

    /**
     * What one scenario does, in major units of the base currency.
     *
     * @param positions by symbol; they add up to the profit
     * @param factors   what each does alone
     * @param together  what is left of the profit: what they do to each other
     * @param left      what it does not move though it should, and why
     */
    record Outcome(StressScenario scenario, double profit, Map<String, Double> positions, Map<String, Double> factors, double together, List<Left> left) {
    }

    /**
     * What a scenario moves.
     *
     * @param own        by symbol, in its own currency
     * @param further    by symbol of what is no currency, in the base currency
     * @param currencies by code, against the base currency
     * @param money      what is held of a currency besides that
     */
    private record Moves(Map<String, Double> own, Map<String, Double> further, Map<String, Double> currencies, Map<String, Double> money, double volatility, double rate) {

        double own(Product product) {
            return (1 + own.getOrDefault(product.symbol(), 0.0)) * (1 + further.getOrDefault(product.symbol(), 0.0)) - 1;
        }

        /** What prices are converted by: prices in the base currency, as deviations are of, have it in them. */
        double rate(Currency currency) {
            return currencies.getOrDefault(currency.code(), 0.0);
        }

        double money(Currency currency) {
            return (1 + rate(currency)) * (1 + money.getOrDefault(currency.code(), 0.0)) - 1;
        }

        /** All, prices, currencies, volatilities, the rate. */
        List<Moves> parts() {
            Map<String, Double> none = Map.of();
            return List.of(this, new Moves(own, further, none, none, 0, 0), new Moves(none, none, currencies, money, 0, 0), new Moves(none, none, none, none, volatility, 0),
                    new Moves(none, none, none, none, 0, rate));
        }
    }

    /**
     * Runs scenarios.
     *
     * @param factors with the deviations of what scenarios move by them; null if none does
     * @throws KernelRefusedException {@code TOO_LARGE} if there are too many American options
     */
    List<Outcome> run(List<StressScenario> scenarios, RiskFactors factors) {
        if (scenarios.isEmpty()) {
            return List.of();
        }
        int lines = held.lines().size();
        double[] exposures = new double[lines + optioned.size() + currencies.size()];
        for (int i = 0; i < lines; i++) {
            exposures[i] = held.lines().get(i).worth();
        }
        Revaluation portfolio = new OptionLines(held.rate(), options, prices,
                options.stream().mapToInt(one -> one.product().currency() == held.base() ? OptionBook.NONE
                        : lines + optioned.size() + currencies.indexOf(one.product().currency().code())).toArray()).revaluation(exposures, true);
        int count = scenarios.size() * PARTS;
        if (portfolio.nodes(count) > MOST_NODES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, "too many American options for " + scenarios.size() + " scenarios");
        }
        double[] rows = new double[count * portfolio.width()];
        for (int s = 0; s < scenarios.size(); s++) {
            List<Moves> parts = moves(scenarios.get(s), factors).parts();
            for (int part = 0; part < PARTS; part++) {
                row(parts.get(part), rows, (s * PARTS + part) * portfolio.width());
            }
        }
        double[] gains = portfolio.gains(engine, rows, count);
        return IntStream.range(0, scenarios.size()).mapToObj(s -> outcome(scenarios.get(s), gains, s * PARTS, portfolio.positions(), exposures.length, factors)).toList();
    }

    private void row(Moves moves, double[] rows, int at) {
        int lines = held.lines().size();
        for (int i = 0; i < lines; i++) {
            rows[at + i] = gain(held.lines().get(i), moves);
        }
        for (int i = 0; i < options.size(); i++) {
            rows[at + prices[i]] = (1 + moves.own(options.get(i).underlying())) * (1 + moves.rate(options.get(i).product().currency())) - 1;
        }
        for (int c = 0; c < currencies.size(); c++) {
            rows[at + lines + optioned.size() + c] = moves.money(Currency.of(currencies.get(c)));
        }
        rows[at + lines + optioned.size() + currencies.size()] = moves.volatility;
        rows[at + lines + optioned.size() + currencies.size() + 1] = moves.rate;
    }

    /** What part of its worth a line gains. */
    private double gain(Line line, Moves moves) {
        if (line.product() instanceof Cash cash) {
            return moves.money(cash.currency());
        }
        double own = moves.own(line.product());
        BondFlows flows = bonds.get(line);
        if (flows != null && moves.rate != 0) {
            own = (1 + own) * (1 + flows.move(moves.rate)) - 1;
        }
        double currency = moves.rate(line.product().currency());
        // What was not paid for has but its gain to convert.
        return line.product().paidUpFront() ? (1 + own) * (1 + currency) - 1 : own * (1 + currency);
    }

    private Outcome outcome(StressScenario scenario, double[] gains, int row, int width, int factorCount, RiskFactors factors) {
        int lines = held.lines().size();
        Map<String, Double> positions = new TreeMap<>();
        Map<String, Double> alone = new TreeMap<>();
        double profit = 0;
        for (int i = 0; i < lines + options.size(); i++) {
            boolean option = i >= lines;
            Product product = option ? options.get(i - lines).product() : held.lines().get(i).product();
            String mover = option ? options.get(i - lines).underlying().symbol() : product.symbol();
            int column = option ? factorCount + i - lines : i;
            double whole = gains[row * width + column];
            profit += whole;
            positions.merge(product.symbol(), whole, Double::sum);
            String[] movers = {null, mover, product.currency().code(), VOLATILITY, RATE};
            for (int part = 1; part < PARTS; part++) {
                double gain = gains[(row + part) * width + column];
                if (gain != 0) {
                    alone.merge(movers[part], gain, Double::sum);
                }
            }
        }
        double together = profit - alone.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Outcome(scenario, profit, positions, alone, together, left(scenario, factors));
    }

    private List<Left> left(StressScenario scenario, RiskFactors factors) {
        List<Left> left = new ArrayList<>();
        if (scenario.deviations() != null) {
            factors.left().stream().filter(one -> !held.left().contains(one)).forEach(left::add);
        }
        if (scenario.rate() != 0) {
            held.lines().stream().filter(line -> line.product() instanceof FixedCouponBond && !bonds.containsKey(line))
                    .forEach(line -> left.add(new Left(line.product().symbol(), "NO_YIELD")));
        }
        return left;
    }

    // ---- what moves --------------------------------------------------------------------------------------------------------

    private Moves moves(StressScenario scenario, RiskFactors factors) {
        Map<String, Double> symbols = new HashMap<>();
        Map<String, Double> kinds = new HashMap<>();
        Map<String, Double> worth = new HashMap<>();
        for (Shock shock : scenario.shocks()) {
            (switch (shock.scope()) {
                case SYMBOL -> symbols;
                case KIND -> kinds;
                case CURRENCY -> worth;
            }).put(shock.of(), shock.move());
        }
        Map<String, Double> own = new HashMap<>();
        held.lines().forEach(line -> own.put(line.product().symbol(), own(line.product(), symbols, kinds, worth)));
        options.forEach(option -> own.put(option.underlying().symbol(), own(option.underlying(), symbols, kinds, worth)));
        own.values().removeIf(move -> move == 0);
        Map<String, Double> rates = new HashMap<>();
        held.lines().forEach(line -> rates.put(line.product().currency().code(), cross(line.product().currency(), held.base(), worth)));
        options.forEach(option -> rates.put(option.product().currency().code(), cross(option.product().currency(), held.base(), worth)));
        rates.values().removeIf(move -> move == 0);
        Map<String, Double> further = scenario.deviations() == null ? new HashMap<>() : deviations(scenario, factors);
        Map<String, Double> money = new HashMap<>(further);
        money.keySet().retainAll(monies);
        further.keySet().removeAll(monies);
        return new Moves(own, further, rates, money, scenario.volatility(), scenario.rate());
    }

    private double own(Product product, Map<String, Double> symbols, Map<String, Double> kinds, Map<String, Double> worth) {
        Double named = symbols.getOrDefault(product.symbol(), kinds.get(AssetKind.of(product).name()));
        return product instanceof Cash ? 0 : named != null ? named : switch (product) {
            case CurrencyPair pair -> cross(pair.base(), pair.quoted(), worth);
            case FxForward forward -> cross(forward.base(), forward.quoted(), worth);
            case Future future when future.underlying() != null && underlyings.get(future.underlying()) != null
                    && !(underlyings.get(future.underlying()) instanceof Future) -> own(underlyings.get(future.underlying()), symbols, kinds, worth);
            default -> 0;
        };
    }

    /** What one currency gains against another. */
    private static double cross(Currency of, Currency against, Map<String, Double> worth) {
        return of == against ? 0 : (1 + worth.getOrDefault(of.code(), 0.0)) / (1 + worth.getOrDefault(against.code(), 0.0)) - 1;
    }

    /** By symbol, in the base currency; a price that would fall to nothing keeps a hundredth. */
    private static Map<String, Double> deviations(StressScenario scenario, RiskFactors factors) {
        Map<String, Double> moves = new HashMap<>();
        if (factors.symbols().isEmpty()) {
            return moves;
        }
        double[] deltas = factors.revaluation(0).deltas();
        ReturnTable returns = factors.returns();
        for (int i = 0; i < deltas.length; i++) {
            double size = scenario.deviations().count() * Volatility.sample(returns.column(i));
            Direction direction = scenario.deviations().direction();
            double sign = direction == Direction.UP ? 1 : direction == Direction.DOWN ? -1 : -Math.signum(deltas[i]);
            moves.put(factors.symbols().get(i), Math.max(sign * size, LEAST_LEFT - 1));
        }
        return moves;
    }

    // ---- grids -------------------------------------------------------------------------------------------------------------

    /** Profits where shares, bonds and futures, and all volatilities, move by parts of themselves: {@code [i * volatility.length + j]}. */
    double[] grid(double[] spot, double[] volatility) {
        double amount = held.lines().stream().filter(line -> moved(line.product())).mapToDouble(Line::worth).sum();
        int[] moving = new int[options.size()];
        int[] base = new int[options.size()];
        Arrays.fill(base, OptionBook.NONE);
        // One factor is for all prices; options on currencies are moved by a second one, which stands still.
        Arrays.setAll(moving, i -> moved(options.get(i).underlying()) ? 0 : 1);
        Revaluation portfolio = new OptionLines(held.rate(), options, moving, base).revaluation(new double[] {amount, 0}, true);
        int count = spot.length * volatility.length;
        if (portfolio.nodes(count) > MOST_NODES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, "too many American options for a grid of " + count);
        }
        double[] moves = new double[count * portfolio.width()];
        for (int at = 0; at < count; at++) {
            moves[at * portfolio.width()] = spot[at / volatility.length];
            moves[at * portfolio.width() + 2] = volatility[at % volatility.length];
        }
        return portfolio.profits(engine, moves, count);
    }

    private static boolean moved(Product product) {
        return !(product instanceof Cash || product instanceof CurrencyPair || product instanceof FxForward);
    }
}
