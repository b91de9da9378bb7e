package io.partita.kernels;

import io.partita.kernels.pricing.AmericanOption;
import io.partita.kernels.pricing.BlackScholes;
import io.partita.kernels.pricing.Greeks;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A portfolio of amounts and options over simple returns of factors, which are prices in its own currency: an amount gains its part of a return, an option
 * is valued anew. An option that is priced in another currency has a factor more, the worth of that currency: its underlying's price there moves by one
 * factor over the other, and what it gains there and what it was worth are converted at the new rate. Immutable if nobody writes to its arrays; thread-safe.
 *
 * <p>Moves are {@code moves[scenario * width() + factor]}; after the factors come the relative change of all volatilities and the absolute change of the
 * rate. A price that would fall to zero or below falls to a thousand millionth for options; amounts lose what the return says.
 *
 * @param exposures by factor: what is gained if it gains all of its price
 * @param options   by currency
 */
public record Revaluation(double[] exposures, List<Options> options) {

    /** Moves of a scenario besides those of factors: of volatilities and of the rate. */
    public static final int MORE = 2;
    private static final double LEAST_PRICE = 1e-9;
    /** Scenarios times factors that lie in memory at once. */
    private static final int PART = 1 << 22;

    /**
     * Options of one currency.
     *
     * @param book     with quantities in the portfolio's currency at today's rate; it has a factor for each of {@code prices}, then one for volatilities and
     *                 one for the rate, which its options need not use
     * @param prices   of each factor of the book the portfolio's
     * @param currency the portfolio's factor that is the worth of their currency; {@link OptionBook#NONE} if it is the portfolio's own
     */
    public record Options(OptionBook book, int[] prices, int currency) {

        public Options {
            Checks.length(book.factors(), prices.length + (long) MORE, "factors of the book");
        }

        private Scenarios.Given scenarios(double[] moves, int width, int count) {
            int own = book.factors();
            double[] local = new double[count * own];
            for (int s = 0; s < count; s++) {
                double rate = currency == OptionBook.NONE ? 0 : logarithm(moves[s * width + currency]);
                for (int j = 0; j < prices.length; j++) {
                    local[s * own + j] = logarithm(moves[s * width + prices[j]]) - rate;
                }
                local[s * own + prices.length] = logarithm(moves[s * width + width - MORE]);
                local[s * own + prices.length + 1] = moves[s * width + width - 1];
            }
            return new Scenarios.Given(count, own, local);
        }

        private double converted(double[] moves, int width, int scenario) {
            return currency == OptionBook.NONE ? 0 : moves[scenario * width + currency];
        }

        /** What one of them is worth by its model, times quantity, and how that changes. */
        public Greeks greeks(int i) {
            Greeks one = book.american()[i] != 0
                    ? AmericanOption.greeks(book.call()[i] != 0, book.spot()[i], book.strike()[i], book.years()[i], book.rate()[i], book.carry()[i], book.volatility()[i])
                    : BlackScholes.greeks(book.call()[i] != 0, book.spot()[i], book.strike()[i], book.years()[i], book.rate()[i], book.carry()[i], book.volatility()[i]);
            double n = book.quantity()[i];
            return new Greeks(n * one.price(), n * one.delta(), n * one.gamma(), n * one.vega(), n * one.theta(), n * one.rho(), n * one.carry());
        }
    }

    public Revaluation {
        Checks.finite(exposures, "exposure");
        options = List.copyOf(options);
        for (Options group : options) {
            for (int factor : group.prices) {
                Checks.index(factor, exposures.length, "factor");
            }
            if (group.currency != OptionBook.NONE) {
                Checks.index(group.currency, exposures.length, "factor");
            }
        }
    }

    public int factors() {
        return exposures.length;
    }

    /** Moves of a scenario. */
    public int width() {
        return exposures.length + MORE;
    }

    /** Amounts, one for each factor, then options in their order. */
    public int positions() {
        return exposures.length + options.stream().mapToInt(group -> group.book.positions()).sum();
    }

    /** Nodes of trees that so many scenarios need, for whoever does not want to wait. */
    public double nodes(int count) {
        return options.stream().mapToDouble(group -> 0.5 * group.book.americans() * group.book.steps() * group.book.steps()).sum() * count;
    }

    private static double logarithm(double move) {
        return Math.log(Math.max(1 + move, LEAST_PRICE));
    }

    private void check(double[] moves, int count) {
        Checks.length(moves.length, (long) count * width(), "moves");
        Checks.finite(moves, "moves");
    }

    /**
     * What is gained in each scenario.
     *
     * @throws KernelRefusedException as {@link KernelEngine#profits}
     */
    public double[] profits(KernelEngine engine, double[] moves, int count) {
        check(moves, count);
        int width = width();
        double[] profits = new double[count];
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < exposures.length; i++) {
                profits[s] += exposures[i] * moves[s * width + i];
            }
        }
        for (Options group : options) {
            double[] local = engine.profits(group.scenarios(moves, width, count), group.book, Precision.DOUBLE);
            double worth = 0;
            for (double one : DoubleBlock.bases(group.book)) {
                worth += one;
            }
            for (int s = 0; s < count; s++) {
                double rate = group.converted(moves, width, s);
                profits[s] += (1 + rate) * local[s] + rate * worth;
            }
        }
        return Checks.finite(profits, "profit");
    }

    /** What each position gains in each scenario: {@code result[scenario * positions() + position]}. */
    public double[] gains(KernelEngine engine, double[] moves, int count) {
        check(moves, count);
        double[] gains = amounts(moves, count);
        int positions = positions();
        int at = exposures.length;
        for (Options group : options) {
            int size = group.book.positions();
            double[] local = engine.gains(group.scenarios(moves, width(), count), group.book, IntStream.range(0, count).toArray());
            double[] worth = DoubleBlock.bases(group.book);
            for (int s = 0; s < count; s++) {
                double rate = group.converted(moves, width(), s);
                for (int i = 0; i < size; i++) {
                    gains[s * positions + at + i] = (1 + rate) * local[s * size + i] + rate * worth[i];
                }
            }
            at += size;
        }
        return Checks.finite(gains, "gain");
    }

    /** The same with options by their first derivatives alone: by price and by currency. */
    public double[] gainsByDelta(double[] moves, int count) {
        check(moves, count);
        double[] gains = amounts(moves, count);
        int positions = positions();
        int at = exposures.length;
        for (Options group : options) {
            for (int i = 0; i < group.book.positions(); i++, at++) {
                Greeks greeks = group.greeks(i);
                double delta = greeks.delta() * group.book.spot()[i];
                int price = group.prices[group.book.spotFactor()[i]];
                for (int s = 0; s < count; s++) {
                    double rate = group.converted(moves, width(), s);
                    gains[s * positions + at] = delta * (moves[s * width() + price] - rate) + greeks.price() * rate;
                }
            }
        }
        return Checks.finite(gains, "gain");
    }

    private double[] amounts(double[] moves, int count) {
        int positions = positions();
        Checks.size((int) Math.min((long) count * positions, Integer.MAX_VALUE), 0, 1 << 28, "gains");
        double[] gains = new double[count * positions];
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < exposures.length; i++) {
                gains[s * positions + i] = exposures[i] * moves[s * width() + i];
            }
        }
        return gains;
    }

    /** First derivatives of the whole by factor: what is gained if it gains all of its price, at the pace of a small move. */
    public double[] deltas() {
        double[] deltas = exposures.clone();
        for (Options group : options) {
            for (int i = 0; i < group.book.positions(); i++) {
                Greeks greeks = group.greeks(i);
                double delta = greeks.delta() * group.book.spot()[i];
                deltas[group.prices[group.book.spotFactor()[i]]] += delta;
                if (group.currency != OptionBook.NONE) {
                    deltas[group.currency] += greeks.price() - delta;
                }
            }
        }
        return deltas;
    }

    /** What is gained in each of some scenarios of factors, in which volatilities and rates stand still. */
    public double[] profits(KernelEngine engine, Scenarios scenarios) {
        Checks.length(scenarios.factors(), exposures.length, "factors of the scenarios");
        int part = Math.max(1, PART / width());
        double[] profits = new double[scenarios.count()];
        for (int from = 0; from < profits.length; from += part) {
            int[] chosen = IntStream.range(from, Math.min(from + part, profits.length)).toArray();
            System.arraycopy(profits(engine, widened(engine.moves(scenarios, chosen), chosen.length), chosen.length), 0, profits, from, chosen.length);
        }
        return profits;
    }

    /** What each position gains in some of them. */
    public double[] gains(KernelEngine engine, Scenarios scenarios, int[] chosen) {
        return gains(engine, widened(engine.moves(scenarios, chosen), chosen.length), chosen.length);
    }

    /** Moves of factors alone, with room for those of volatilities and rates, which stand still. */
    public double[] widened(double[] returns, int count) {
        Checks.length(returns.length, (long) count * exposures.length, "returns");
        double[] moves = new double[count * width()];
        for (int s = 0; s < count; s++) {
            System.arraycopy(returns, s * exposures.length, moves, s * width(), exposures.length);
        }
        return moves;
    }
}
