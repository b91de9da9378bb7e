package io.partita.kernels;

import io.partita.kernels.random.NormalDistribution;
import io.partita.kernels.random.Sobol;
import java.util.Arrays;
import java.util.function.Supplier;

/** Blocks in double precision. Used by one thread. */
final class DoubleBlock implements BlockRun {

    /** What a portfolio's profits are made of, block after block. */
    private interface Valuation {
        void profits(DoubleBlock block, int count, double[] out, int at);
    }

    private final Scenarios scenarios;
    private final Valuation valuation;
    private final int factors;
    private final int[][] words;
    private final double[][] z;
    private final double[][] x;
    private final double[] first;
    private final double[] second;
    private final double[] sum;
    private final Source source;

    /** What is the same for all threads. */
    private record Source(double[] lower, double[] drift, boolean drifts, int[] directions, int[] shifts) {

        static Source of(Scenarios scenarios) {
            if (!(scenarios instanceof Scenarios.Simulated simulated)) {
                return new Source(new double[0], new double[0], false, new int[0], new int[0]);
            }
            boolean drifts = false;
            for (double drift : simulated.drift()) {
                drifts |= drift != 0;
            }
            Sobol sobol = simulated.draws() == Draws.QUASI_RANDOM ? Sobol.shifted(simulated.factors(), simulated.seed()) : null;
            return new Source(simulated.lower(), simulated.drift(), drifts, sobol == null ? new int[0] : sobol.directions(),
                    sobol == null ? new int[0] : sobol.shifts());
        }
    }

    private DoubleBlock(Scenarios scenarios, Source source, Valuation valuation, int columns) {
        this.scenarios = scenarios;
        this.source = source;
        this.valuation = valuation;
        this.factors = scenarios.factors();
        boolean simulated = scenarios instanceof Scenarios.Simulated;
        this.words = new int[simulated ? (factors + 3) / 4 * 4 : 0][columns];
        this.z = new double[simulated ? factors : 0][columns];
        this.x = new double[factors][columns];
        this.first = new double[columns];
        this.second = new double[columns];
        this.sum = new double[columns];
    }

    /** For moves only. */
    DoubleBlock(Scenarios scenarios, int columns) {
        this(scenarios, Source.of(scenarios), (_, _, _, _) -> { }, columns);
    }

    /** The moves of some scenarios that follow each other. */
    void moves(int from, int count, double[] out, int at) {
        moves(from, count);
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < factors; i++) {
                out[at + s * factors + i] = x[i][s];
            }
        }
    }

    /** What each option of a book is worth now, times quantity. */
    static double[] bases(OptionBook book) {
        double[] bases = new double[book.positions()];
        double[] work = new double[(book.steps() | 1) + 1];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = book.base(i, work);
        }
        return bases;
    }

    static Supplier<BlockRun> of(Scenarios scenarios, Portfolio portfolio, int columns) {
        Source source = Source.of(scenarios);
        return switch (portfolio) {
            case Sensitivities book -> {
                double[] linear = book.linear();
                double[] curved = book.curved();
                Valuation valuation = (block, count, out, at) -> block.sensitivities(linear, curved, count, out, at);
                yield () -> new DoubleBlock(scenarios, source, valuation, columns);
            }
            case OptionBook book -> {
                double[] bases = DoubleBlock.bases(book);
                double[] terms = terms(book);
                yield () -> new DoubleBlock(scenarios, source, new Options(book, bases, terms, columns), columns);
            }
        };
    }

    @Override
    public void profits(int from, int count, double[] out) {
        moves(from, count);
        valuation.profits(this, count, out, from);
    }

    private void moves(int from, int count) {
        switch (scenarios) {
            case Scenarios.Given given -> ScenarioKernels.given(given.moves(), from, factors, x, count);
            case Scenarios.Simulated simulated -> simulate(simulated, from, count);
        }
    }

    private void simulate(Scenarios.Simulated simulated, int from, int count) {
        // Columns up to here are drawn by their own numbers, those from here on mirror others.
        int own = Math.clamp((long) simulated.half() - from, 0, count);
        words(simulated, from, 0, own);
        if (own < count) {
            words(simulated, simulated.drawnBy(from + own), own, count);
            ScenarioKernels.mirror(words, factors, own, count);
        }
        for (int i = 0; i < factors; i++) {
            NormalDistribution.ofWords(words[i], z[i], count);
        }
        ScenarioKernels.correlate(source.lower, factors, z, x, count);
        if (source.drifts) {
            ScenarioKernels.drift(source.drift, factors, x, count);
        }
    }

    private void words(Scenarios.Simulated simulated, int number, int from, int to) {
        if (simulated.draws() == Draws.QUASI_RANDOM) {
            ScenarioKernels.quasiWords(number, from, to, factors, source.directions, source.shifts, words);
        } else {
            ScenarioKernels.words(number, from, to, factors, (int) simulated.seed(), (int) (simulated.seed() >> 32), words);
        }
    }

    private void sensitivities(double[] linear, double[] curved, int count, double[] out, int at) {
        SensitivityKernels.profit(linear, curved, factors, x, first, sum, count);
        for (int s = 0; s < count; s++) {
            out[at + s] = sum[s];
        }
    }

    /** An option book, with room for the exponentials of the factors that it needs. */
    private static final class Options implements Valuation {

        private final OptionBook book;
        private final double[] bases;
        private final double[] terms;
        private final double[][] growth;
        private final double[] zeros;
        private final double[] ones;
        private final double[] discount;
        private final double[] total;
        private final double[] tree;

        Options(OptionBook book, double[] bases, double[] terms, int columns) {
            this.book = book;
            this.bases = bases;
            this.terms = terms;
            this.growth = new double[book.factors()][];
            for (int i = 0; i < book.positions(); i++) {
                growth[book.spotFactor()[i]] = new double[columns];
                if (book.volatilityFactor()[i] != OptionBook.NONE) {
                    growth[book.volatilityFactor()[i]] = new double[columns];
                }
            }
            this.zeros = new double[columns];
            this.ones = new double[columns];
            Arrays.fill(ones, 1);
            this.discount = new double[columns];
            this.total = new double[columns];
            this.tree = new double[(book.steps() | 1) + 1];
        }

        @Override
        public void profits(DoubleBlock block, int count, double[] out, int at) {
            for (int i = 0; i < growth.length; i++) {
                if (growth[i] != null) {
                    OptionKernels.growth(1, block.x[i], growth[i], count);
                }
            }
            Arrays.fill(total, 0);
            for (int i = 0; i < book.positions(); i++) {
                if (book.american()[i] == 0) {
                    european(block, i, count);
                }
            }
            americans(block, count);
            System.arraycopy(total, 0, out, at, count);
        }

        private void european(DoubleBlock block, int i, int count) {
            double[] price = block.x[book.spotFactor()[i]];
            double[] grown = growth[book.spotFactor()[i]];
            if (book.movesByPriceOnly(i)) {
                OptionKernels.spotMoves(terms, i * OptionKernels.WIDTH, bases[i], price, grown, block.first, block.second, total, count);
                return;
            }
            double[] swing = book.volatilityFactor()[i] == OptionBook.NONE ? ones : growth[book.volatilityFactor()[i]];
            double[] rate = book.rateFactor()[i] == OptionBook.NONE ? zeros : block.x[book.rateFactor()[i]];
            OptionKernels.growth(-terms[i * OptionKernels.WIDTH + 5], rate, discount, count);
            OptionKernels.allMoves(terms, i * OptionKernels.WIDTH, bases[i], price, grown, swing, rate, discount, block.first, block.second, total,
                    count);
        }

        private void americans(DoubleBlock block, int count) {
            for (int i = 0; i < book.positions(); i++) {
                if (book.american()[i] != 0) {
                    book.gains(i, block.x, bases[i], tree, total, count);
                }
            }
        }
    }

    private static double[] terms(OptionBook book) {
        double[] terms = new double[book.positions() * OptionKernels.WIDTH];
        for (int i = 0; i < book.positions(); i++) {
            book.terms(i, book.left(i), OptionKernels.LEAST_DOUBLE, terms, i * OptionKernels.WIDTH);
        }
        return terms;
    }
}
