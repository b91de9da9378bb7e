package io.partita.member.risk;

import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.pricing.ImpliedVolatility;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.PositionBook.Market;
import io.partita.member.positions.Products;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.money.Currency;
import io.partita.positions.book.Mark;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import io.partita.positions.product.VanillaOption;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes positions as risk looks at them, and finds the volatilities that prices of options imply. Thread-safe; calls block. */
final class HoldingsReader {

    /** Of trees that are built in each scenario; within a few hundredths of a percent of the usual {@code AmericanOption.STEPS}. */
    static final int STEPS = 101;
    private static final double DAYS_OF_A_YEAR = 365;

    private final PositionBook book;
    private final Products products;

    HoldingsReader(PositionBook book, Products products) {
        this.book = book;
        this.products = products;
    }

    /** What a portfolio holds on a day. Throws as {@link PositionBook#value}. */
    RiskHoldings read(String portfolio, LocalDate day, double rate) {
        return read(portfolio, day, rate, Map.of());
    }

    /** The same after some trades at the prices of the day: quantities in the units of their products. */
    RiskHoldings read(String portfolio, LocalDate day, double rate, Map<Product, Long> trades) {
        PositionBook.Valuation valuation = book.value(portfolio, day, Method.AVERAGE);
        Currency base = valuation.portfolio().base();
        List<Valued> added = trades.isEmpty() ? List.of() : book.valued(trades, base, day);
        return new Reading(base, day, rate).of(Stream.concat(valuation.positions().stream(), added.stream()).toList());
    }

    /** All that is held of a product. */
    private record Sum(Valued any, long quantity, long worth, long accrued) {

        static Sum of(Valued one) {
            return new Sum(one, one.held().holding().quantity(), one.worth().base(), one.accrued());
        }

        Sum plus(Sum other) {
            return new Sum(any, Terms.sum(quantity, other.quantity), Terms.sum(worth, other.worth), Terms.sum(accrued, other.accrued));
        }
    }

    private final class Reading {

        private final Currency base;
        private final LocalDate day;
        private final double rate;
        private final List<Left> left = new ArrayList<>();
        private final Map<LocalDate, Market> markets = new HashMap<>();

        Reading(Currency base, LocalDate day, double rate) {
            this.base = base;
            this.day = day;
            this.rate = rate;
        }

        RiskHoldings of(List<Valued> positions) {
            Map<Product, Sum> sums = new TreeMap<>(Comparator.comparing(Product::symbol));
            for (Valued valued : positions) {
                Product product = valued.held().product();
                if (valued.held().holding().quantity() == 0 || product instanceof Cash && product.currency() == base) {
                    continue;
                }
                if (!valued.priced()) {
                    left.add(new Left(product.symbol(), valued.missing().name()));
                } else if (!(product instanceof Cash) && product.lastDay() != null && product.lastDay().isBefore(day)) {
                    left.add(new Left(product.symbol(), "EXPIRED"));
                } else {
                    sums.merge(product, Sum.of(valued), Sum::plus);
                }
            }
            sums.values().removeIf(sum -> sum.quantity == 0);
            Map<String, Product> underlyings = products.find(sums.keySet().stream().filter(VanillaOption.class::isInstance).map(Products::underlying)
                    .flatMap(Optional::stream).collect(Collectors.toSet()));
            Market rates = book.market(sums.keySet(), base, day);
            List<Line> lines = new ArrayList<>();
            List<Option> options = new ArrayList<>();
            sums.forEach((product, sum) -> {
                double toBase = rates.toBase(product).map(Conversion::rate).orElseThrow().doubleValue();
                double worth = base.toMajor(sum.worth).doubleValue();
                if (product instanceof VanillaOption option) {
                    option(option, underlyings.get(option.underlying()), sum, worth, toBase, underlyings.values(), options);
                } else {
                    double accrued = toBase * product.currency().toMajor(sum.accrued).doubleValue();
                    lines.add(new Line(product, sum.quantity, worth - accrued, accrued, toBase));
                }
            });
            options.sort(Comparator.comparing((Option one) -> one.product().currency()).thenComparing(one -> one.product().symbol()));
            return new RiskHoldings(base, day, rate, lines, options, left);
        }

        private void option(VanillaOption option, Product underlying, Sum sum, double worth, double toBase, Collection<Product> underlyings, List<Option> options) {
            Mark spot = underlying == null || underlying.currency() != option.currency() ? null : market(underlyings, day).mark(underlying);
            Mark own = sum.any.mark();
            if (spot == null) {
                left.add(new Left(option.symbol(), "MISSING_UNDERLYING"));
                return;
            }
            double price = spot.price().toDouble();
            double years = ChronoUnit.DAYS.between(day, option.expiry()) / DAYS_OF_A_YEAR;
            double carry = Option.unpaid(underlying) ? 0 : rate;
            Mark then = market(underlyings, own.day()).mark(underlying);
            OptionalDouble volatility = years == 0 ? OptionalDouble.of(0) : then == null ? OptionalDouble.empty() : implied(option, own, then.price().toDouble(), carry);
            if (price <= 0) {
                left.add(new Left(option.symbol(), "NOT_POSITIVE"));
            } else if (volatility.isEmpty()) {
                left.add(new Left(option.symbol(), "NO_VOLATILITY"));
            } else {
                options.add(new Option(option, underlying, sum.quantity, worth, price, years, carry, volatility.getAsDouble(), toBase));
            }
        }

        private Market market(Collection<Product> held, LocalDate of) {
            return markets.computeIfAbsent(of, some -> book.market(held, base, some));
        }

        /** By the price of the day on which the option had its last one. */
        private OptionalDouble implied(VanillaOption option, Mark own, double spot, double carry) {
            double years = ChronoUnit.DAYS.between(own.day(), option.expiry()) / DAYS_OF_A_YEAR;
            boolean call = option.right() == VanillaOption.Right.CALL;
            try {
                return option.exercise() == VanillaOption.Exercise.AMERICAN
                        ? ImpliedVolatility.ofAmerican(call, own.price().toDouble(), spot, option.strike().toDouble(), years, rate, carry, STEPS)
                        : ImpliedVolatility.ofEuropean(call, own.price().toDouble(), spot, option.strike().toDouble(), years, rate, carry);
            } catch (KernelRefusedException beyondAnyMarket) {
                return OptionalDouble.empty();
            }
        }
    }
}
