package io.partita.member.risk;

import io.partita.kernels.OptionBook;
import io.partita.kernels.Revaluation;
import io.partita.kernels.pricing.Greeks;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.money.Currency;
import io.partita.positions.product.VanillaOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Options and the factors that move them.
 *
 * @param rate       a year, that they are discounted by
 * @param options    those of a currency one after another
 * @param prices     of each the factor of its underlying
 * @param currencies of each the factor of its currency; {@link OptionBook#NONE} for the base currency
 */
record OptionLines(double rate, List<Option> options, int[] prices, int[] currencies) {

    static final OptionLines NONE = new OptionLines(0, List.of(), new int[0], new int[0]);

    OptionLines {
        options = List.copyOf(options);
    }

    boolean isEmpty() {
        return options.isEmpty();
    }

    /** With amounts that gain as factors do. @param moving whether volatilities and the rate move too */
    Revaluation revaluation(double[] exposures, boolean moving) {
        List<Revaluation.Options> groups = new ArrayList<>();
        for (int from = 0; from < options.size();) {
            Currency currency = options.get(from).product().currency();
            int to = from;
            while (to < options.size() && options.get(to).product().currency() == currency) {
                to++;
            }
            groups.add(group(from, to, moving));
            from = to;
        }
        return new Revaluation(exposures, groups);
    }

    private Revaluation.Options group(int from, int to, boolean moving) {
        int[] factors = IntStream.range(from, to).map(i -> prices[i]).distinct().sorted().toArray();
        List<Option> own = options.subList(from, to);
        int size = own.size();
        int[] volatilityFactor = new int[size];
        int[] rateFactor = new int[size];
        Arrays.fill(volatilityFactor, moving ? factors.length : OptionBook.NONE);
        // A rate that moves takes the cost of carry along, which is none for what is paid for later.
        Arrays.setAll(rateFactor, i -> moving && !own.get(i).unpaid() ? factors.length + 1 : OptionBook.NONE);
        double[] rates = new double[size];
        Arrays.fill(rates, rate);
        OptionBook book = new OptionBook(factors.length + Revaluation.MORE, 0,
                own.stream().mapToDouble(one -> one.quantity() * (double) one.product().multiplier() * one.toBase()).toArray(),
                own.stream().mapToInt(one -> one.product().right() == VanillaOption.Right.CALL ? 1 : 0).toArray(),
                own.stream().mapToInt(one -> one.product().exercise() == VanillaOption.Exercise.AMERICAN ? 1 : 0).toArray(),
                own.stream().mapToDouble(Option::price).toArray(), own.stream().mapToDouble(one -> one.product().strike().toDouble()).toArray(),
                own.stream().mapToDouble(Option::years).toArray(), rates, own.stream().mapToDouble(Option::carry).toArray(),
                own.stream().mapToDouble(Option::volatility).toArray(),
                IntStream.range(from, to).map(i -> Arrays.binarySearch(factors, prices[i])).toArray(), volatilityFactor, rateFactor, HoldingsReader.STEPS);
        return new Revaluation.Options(book, factors, currencies[from]);
    }

    /** Of each, times its quantity, in the base currency per unit of its underlying's own price. */
    List<Greeks> greeks() {
        return revaluation(new double[1 + Math.max(Arrays.stream(prices).max().orElse(0), Arrays.stream(currencies).max().orElse(0))], false).options().stream()
                .flatMap(group -> IntStream.range(0, group.book().positions()).mapToObj(group::greeks)).toList();
    }

    /** Of each what is gained if its underlying gains all of its price, at the pace of a small move. */
    double[] deltas() {
        List<Greeks> greeks = greeks();
        return IntStream.range(0, options.size()).mapToDouble(i -> greeks.get(i).delta() * options.get(i).price()).toArray();
    }
}
