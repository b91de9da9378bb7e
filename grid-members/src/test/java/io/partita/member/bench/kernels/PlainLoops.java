package io.partita.member.bench.kernels;

import io.partita.kernels.OptionBook;
import io.partita.kernels.Portfolio;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import io.partita.kernels.pricing.BlackScholes;
import io.partita.kernels.random.NormalDistribution;
import io.partita.kernels.random.Philox;

/**
 * The baseline: what a careful programmer writes without a thought of caches and vector units. One thread, double precision, scenario by
 * scenario: draw, correlate, go through the positions.
 */
final class PlainLoops {

    private final Scenarios.Simulated scenarios;
    private final int factors;
    private final double[] z;
    private final double[] x;
    private final int[] words;

    PlainLoops(Scenarios.Simulated scenarios) {
        this.scenarios = scenarios;
        this.factors = scenarios.factors();
        this.z = new double[factors];
        this.x = new double[factors];
        this.words = new int[(factors + 3) / 4 * 4];
    }

    /** Profits of the first so many scenarios, position by position. */
    double[] profits(Portfolio portfolio, int count) {
        double[] bases = portfolio instanceof OptionBook book ? bases(book) : new double[0];
        double[] profits = new double[count];
        for (int s = 0; s < count; s++) {
            move(s);
            profits[s] = switch (portfolio) {
                case Sensitivities book -> profit(book);
                case OptionBook book -> profit(book, bases);
            };
        }
        return profits;
    }

    /** The same with the derivatives of all positions added up before, which sensitivities allow. */
    double[] addedUp(Sensitivities book, int count) {
        double[] first = new double[factors];
        double[] second = new double[factors * factors];
        for (int p = 0; p < book.positions(); p++) {
            for (int i = 0; i < factors; i++) {
                first[i] += book.first()[p * factors + i];
                second[i * factors + i] += 0.5 * book.second()[p * factors + i];
            }
        }
        for (int k = 0; k < book.mixed().length; k++) {
            second[book.mixedOne()[k] * factors + book.mixedOther()[k]] += book.mixed()[k];
        }
        double[] profits = new double[count];
        for (int s = 0; s < count; s++) {
            move(s);
            double profit = 0;
            for (int i = 0; i < factors; i++) {
                double slope = first[i];
                for (int j = 0; j < factors; j++) {
                    slope += second[i * factors + j] * x[j];
                }
                profit += slope * x[i];
            }
            profits[s] = profit;
        }
        return profits;
    }

    private void move(int scenario) {
        for (int quad = 0; quad < words.length / 4; quad++) {
            Philox.words(scenario, quad, 0, 0, (int) scenarios.seed(), (int) (scenarios.seed() >> 32), words, 4 * quad, 1);
        }
        for (int i = 0; i < factors; i++) {
            z[i] = NormalDistribution.ofWord(words[i]);
        }
        for (int i = 0; i < factors; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += scenarios.lower()[i * factors + j] * z[j];
            }
            x[i] = sum;
        }
    }

    private double profit(Sensitivities book) {
        double profit = 0;
        for (int p = 0; p < book.positions(); p++) {
            for (int i = 0; i < factors; i++) {
                profit += x[i] * (book.first()[p * factors + i] + 0.5 * book.second()[p * factors + i] * x[i]);
            }
        }
        for (int k = 0; k < book.mixed().length; k++) {
            profit += book.mixed()[k] * x[book.mixedOne()[k]] * x[book.mixedOther()[k]];
        }
        return profit;
    }

    private static double[] bases(OptionBook book) {
        double[] bases = new double[book.positions()];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = value(book, i, book.spot()[i], book.volatility()[i]);
        }
        return bases;
    }

    private double profit(OptionBook book, double[] bases) {
        double profit = 0;
        for (int i = 0; i < bases.length; i++) {
            int by = book.volatilityFactor()[i];
            double volatility = by == OptionBook.NONE ? book.volatility()[i] : book.volatility()[i] * Math.exp(x[by]);
            profit += book.quantity()[i] * (value(book, i, book.spot()[i] * Math.exp(x[book.spotFactor()[i]]), volatility) - bases[i]);
        }
        return profit;
    }

    private static double value(OptionBook book, int i, double spot, double volatility) {
        return BlackScholes.value(book.call()[i] != 0 ? 1 : -1, spot, book.strike()[i], book.years()[i], book.rate()[i], book.carry()[i], volatility);
    }
}
