package io.partita.kernels;

import io.partita.kernels.pricing.AmericanOption;
import io.partita.kernels.pricing.BlackScholes;
import io.partita.kernels.random.NormalDistribution;
import io.partita.kernels.random.Philox;
import io.partita.kernels.random.Sobol;

/** Profits by the plainest loops there are: scenario by scenario, position by position, in double precision. */
final class NaiveTwin {

    private NaiveTwin() {
    }

    static double[] moves(Scenarios scenarios, int scenario) {
        int factors = scenarios.factors();
        double[] moves = new double[factors];
        switch (scenarios) {
            case Scenarios.Given given -> System.arraycopy(given.moves(), scenario * factors, moves, 0, factors);
            case Scenarios.Simulated simulated -> {
                double[] z = new double[factors];
                Sobol sobol = simulated.draws() == Draws.QUASI_RANDOM ? Sobol.shifted(factors, simulated.seed()) : null;
                for (int i = 0; i < factors; i++) {
                    z[i] = normal(simulated, sobol, scenario, i);
                }
                for (int i = 0; i < factors; i++) {
                    moves[i] = simulated.drift()[i];
                    for (int j = 0; j <= i; j++) {
                        moves[i] += simulated.lower()[i * factors + j] * z[j];
                    }
                }
            }
        }
        return moves;
    }

    private static double normal(Scenarios.Simulated simulated, Sobol sobol, int scenario, int factor) {
        int half = (simulated.count() + 1) / 2;
        int[] words = new int[4];
        return switch (simulated.draws()) {
            case QUASI_RANDOM -> NormalDistribution.ofWord(sobol.word(scenario, factor) ^ Integer.MIN_VALUE);
            case PSEUDO_RANDOM -> {
                Philox.words(scenario, factor / 4, 0, 0, (int) simulated.seed(), (int) (simulated.seed() >>> 32), words, 0, 1);
                yield NormalDistribution.ofWord(words[factor % 4]);
            }
            case ANTITHETIC -> {
                Philox.words(scenario % half, factor / 4, 0, 0, (int) simulated.seed(), (int) (simulated.seed() >>> 32), words, 0, 1);
                yield NormalDistribution.ofWord(words[factor % 4]) * (scenario < half ? 1 : -1);
            }
        };
    }

    static double[] profits(Scenarios scenarios, Portfolio portfolio) {
        double[] profits = new double[scenarios.count()];
        for (int s = 0; s < profits.length; s++) {
            double[] moves = moves(scenarios, s);
            for (int p = 0; p < portfolio.positions(); p++) {
                profits[s] += switch (portfolio) {
                    case Sensitivities book -> gain(book, p, moves);
                    case OptionBook book -> gain(book, p, moves);
                };
            }
        }
        return profits;
    }

    static double gain(Sensitivities book, int p, double[] x) {
        double gain = 0;
        for (int i = 0; i < x.length; i++) {
            gain += book.first()[p * x.length + i] * x[i] + 0.5 * book.second()[p * x.length + i] * x[i] * x[i];
        }
        for (int k = 0; k < book.mixed().length; k++) {
            if (book.mixedPosition()[k] == p) {
                gain += book.mixed()[k] * x[book.mixedOne()[k]] * x[book.mixedOther()[k]];
            }
        }
        return gain;
    }

    static double gain(OptionBook book, int i, double[] x) {
        double spot = book.spot()[i] * Math.exp(x[book.spotFactor()[i]]);
        double volatility = book.volatility()[i] * (book.volatilityFactor()[i] < 0 ? 1 : Math.exp(x[book.volatilityFactor()[i]]));
        double shift = book.rateFactor()[i] < 0 ? 0 : x[book.rateFactor()[i]];
        double left = Math.max(book.years()[i] - book.horizon(), 0);
        double now = price(book, i, book.spot()[i], book.years()[i], 0, book.volatility()[i]);
        return book.quantity()[i] * (price(book, i, spot, left, shift, volatility) - now);
    }

    private static double price(OptionBook book, int i, double spot, double left, double shift, double volatility) {
        boolean call = book.call()[i] != 0;
        return book.american()[i] != 0
                ? AmericanOption.price(call, spot, book.strike()[i], left, book.rate()[i] + shift, book.carry()[i] + shift, volatility, book.steps())
                : BlackScholes.price(call, spot, book.strike()[i], left, book.rate()[i] + shift, book.carry()[i] + shift, volatility);
    }
}
