package io.partita.kernels;

import io.partita.kernels.random.NormalFloat;
import io.partita.kernels.random.Sobol;
import java.util.Arrays;
import java.util.function.Supplier;

/** Blocks in single precision. Used by one thread. */
final class SingleBlock implements BlockRun {

    /** So many options are added up in single precision before their sum joins a total in double precision. */
    private static final int GROUP = 16;

    /** What a portfolio's profits are made of, block after block. */
    private interface Valuation {
        void profits(SingleBlock block, int count, double[] out, int at);
    }

    private final Scenarios scenarios;
    private final Valuation valuation;
    private final int factors;
    private final int[][] words;
    private final float[][] z;
    private final float[][] x;
    private final float[] first;
    private final float[] second;
    private final float[] sum;
    private final Source source;

    /** What is the same for all threads. */
    private record Source(float[] lower, float[] drift, boolean drifts, int[] directions, int[] shifts) {

        static Source of(Scenarios scenarios) {
            if (!(scenarios instanceof Scenarios.Simulated simulated)) {
                return new Source(new float[0], new float[0], false, new int[0], new int[0]);
            }
            boolean drifts = false;
            for (double drift : simulated.drift()) {
                drifts |= drift != 0;
            }
            Sobol sobol = simulated.draws() == Draws.QUASI_RANDOM ? Sobol.shifted(simulated.factors(), simulated.seed()) : null;
            return new Source(OptionTerms.rounded(simulated.lower()), OptionTerms.rounded(simulated.drift()), drifts,
                    sobol == null ? new int[0] : sobol.directions(), sobol == null ? new int[0] : sobol.shifts());
        }
    }

    private SingleBlock(Scenarios scenarios, Source source, Valuation valuation, int columns) {
        this.scenarios = scenarios;
        this.source = source;
        this.valuation = valuation;
        this.factors = scenarios.factors();
        boolean simulated = scenarios instanceof Scenarios.Simulated;
        this.words = new int[simulated ? (factors + 3) / 4 * 4 : 0][columns];
        this.z = new float[simulated ? factors : 0][columns];
        this.x = new float[factors][columns];
        this.first = new float[columns];
        this.second = new float[columns];
        this.sum = new float[columns];
    }

    static Supplier<BlockRun> of(Scenarios scenarios, Portfolio portfolio, int columns) {
        Source source = Source.of(scenarios);
        return switch (portfolio) {
            case Sensitivities book -> {
                float[] linear = OptionTerms.rounded(book.linear());
                float[] curved = OptionTerms.rounded(book.curved());
                Valuation valuation = (block, count, out, at) -> block.sensitivities(linear, curved, count, out, at);
                yield () -> new SingleBlock(scenarios, source, valuation, columns);
            }
            case OptionBook book -> {
                double[] bases = DoubleBlock.bases(book);
                OptionTerms terms = OptionTerms.of(book);
                yield () -> new SingleBlock(scenarios, source, new Options(book, bases, terms, columns), columns);
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
            NormalFloat.ofWords(words[i], first, z[i], count);
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

    private void sensitivities(float[] linear, float[] curved, int count, double[] out, int at) {
        SensitivityKernels.profit(linear, curved, factors, x, first, sum, count);
        for (int s = 0; s < count; s++) {
            out[at + s] = sum[s];
        }
    }

    /** An option book, with room for the exponentials of the factors that it needs. */
    private static final class Options implements Valuation {

        private final OptionBook book;
        private final double[] bases;
        private final float[] terms;
        private final float[] worth;
        private final float[][] growth;
        private final float[] zeros;
        private final float[] ones;
        private final float[] discount;
        private final double[] total;
        private final double[] tree;
        private final double[][] wide;

        Options(OptionBook book, double[] bases, OptionTerms options, int columns) {
            this.book = book;
            this.bases = bases;
            this.terms = options.terms();
            this.worth = options.worth();
            this.growth = new float[book.factors()][];
            for (int i = 0; i < book.positions(); i++) {
                growth[book.spotFactor()[i]] = new float[columns];
                if (book.volatilityFactor()[i] != OptionBook.NONE) {
                    growth[book.volatilityFactor()[i]] = new float[columns];
                }
            }
            this.zeros = new float[columns];
            this.ones = new float[columns];
            Arrays.fill(ones, 1);
            this.discount = new float[columns];
            this.total = new double[columns];
            this.tree = new double[(book.steps() | 1) + 1];
            this.wide = book.americans() > 0 ? new double[book.factors()][columns] : new double[0][];
        }

        @Override
        public void profits(SingleBlock block, int count, double[] out, int at) {
            for (int i = 0; i < growth.length; i++) {
                if (growth[i] != null) {
                    OptionKernels.growth(1, block.x[i], growth[i], count);
                }
            }
            Arrays.fill(total, 0);
            for (int begin = 0; begin < book.positions(); begin += GROUP) {
                Arrays.fill(block.sum, 0);
                for (int i = begin; i < Math.min(begin + GROUP, book.positions()); i++) {
                    if (book.american()[i] == 0) {
                        european(block, i, count);
                    }
                }
                for (int s = 0; s < count; s++) {
                    total[s] += block.sum[s];
                }
            }
            americans(block, count);
            System.arraycopy(total, 0, out, at, count);
        }

        private void european(SingleBlock block, int i, int count) {
            float[] price = block.x[book.spotFactor()[i]];
            float[] grown = growth[book.spotFactor()[i]];
            if (book.movesByPriceOnly(i)) {
                OptionKernels.spotMoves(terms, i * OptionKernels.WIDTH, worth[i], price, grown, block.first, block.second, block.sum, count);
                return;
            }
            float[] swing = book.volatilityFactor()[i] == OptionBook.NONE ? ones : growth[book.volatilityFactor()[i]];
            float[] rate = book.rateFactor()[i] == OptionBook.NONE ? zeros : block.x[book.rateFactor()[i]];
            OptionKernels.growth(-terms[i * OptionKernels.WIDTH + 5], rate, discount, count);
            OptionKernels.allMoves(terms, i * OptionKernels.WIDTH, worth[i], price, grown, swing, rate, discount, block.first, block.second,
                    block.sum, count);
        }

        /** Trees are built in double precision, from moves in single. */
        private void americans(SingleBlock block, int count) {
            for (int i = 0; i < wide.length; i++) {
                for (int s = 0; s < count; s++) {
                    wide[i][s] = block.x[i][s];
                }
            }
            for (int i = 0; i < book.positions(); i++) {
                if (book.american()[i] != 0) {
                    book.gains(i, wide, bases[i], tree, total, count);
                }
            }
        }
    }
}
