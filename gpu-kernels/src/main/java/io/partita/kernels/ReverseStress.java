package io.partita.kernels;

import io.partita.kernels.algebra.Cholesky;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The most likely move of normal factors by which a portfolio loses a given amount: of all that lose it the one nearest to no move, in standard deviations.
 * Of amounts alone it is known in closed form, {@code -loss * C e / (e' C e)} with covariance C and exposures e. With options it is looked for by the steps of
 * Hasofer and Lind with those of Rackwitz and Fiessler (R. Rackwitz and B. Fiessler, "Structural reliability under combined random load sequences", 1978),
 * halved where they overshoot, from no move and from two deviations of each of the factors that move the portfolio most; the nearest end counts, of which nothing
 * proves that no other is nearer.
 *
 * @param moves      of the factors
 * @param distance   in standard deviations: a loss at least as likely as this one has at most that
 * @param iterations steps until it was found; 0 for the closed form
 */
public record ReverseStress(double[] moves, double distance, int iterations) {

    /** Farther than that nothing is looked for: no sample has seen it. */
    public static final double FARTHEST = 30;
    private static final int MOST_STEPS = 100;
    private static final int HALVINGS = 8;
    private static final int STARTS = 6;
    private static final double START = 2;
    private static final double SHIFT = 1e-4;
    private static final double NEAR = 1e-6;
    /** Of trees for one search: about half a minute on two cores. */
    private static final double MOST_NODES = 2e10;

    /**
     * Looks for it.
     *
     * @param covariance of the portfolio's factors, taken apart
     * @param loss       positive
     * @throws KernelRefusedException {@link KernelRefusal#LOSS_NOT_REACHED} if nothing within {@value #FARTHEST} deviations was found that loses so much,
     *         {@link KernelRefusal#NOT_POSITIVE}, {@link KernelRefusal#DIMENSIONS_DIFFER}, {@link KernelRefusal#TOO_LARGE} for trees that would take too long
     */
    public static ReverseStress of(KernelEngine engine, Revaluation portfolio, Cholesky covariance, double loss) {
        Checks.positive(loss, "loss");
        Checks.length(covariance.size(), portfolio.factors(), "factors of the covariance");
        Search search = new Search(engine, portfolio, covariance, loss);
        return portfolio.options().isEmpty() ? search.closed() : search.iterated();
    }

    private static KernelRefusedException unreached(double loss) {
        return new KernelRefusedException(KernelRefusal.LOSS_NOT_REACHED, "a loss of " + loss + " within " + FARTHEST + " standard deviations");
    }

    private static final class Search {

        private final KernelEngine engine;
        private final Revaluation portfolio;
        private final double[] lower;
        private final int size;
        private final double loss;
        private final int[] curved;
        private final double[] slopes;

        Search(KernelEngine engine, Revaluation portfolio, Cholesky covariance, double loss) {
            this.engine = engine;
            this.portfolio = portfolio;
            this.lower = covariance.lower();
            this.size = covariance.size();
            this.loss = loss;
            this.slopes = portfolio.deltas();
            this.curved = portfolio.options().stream().flatMapToInt(group -> IntStream.concat(Arrays.stream(group.prices()),
                    group.currency() == OptionBook.NONE ? IntStream.empty() : IntStream.of(group.currency()))).distinct().sorted().toArray();
        }

        ReverseStress closed() {
            double[] gradient = turned(slopes);
            double deviation = length(gradient);
            if (!(loss <= FARTHEST * deviation)) {
                throw unreached(loss);
            }
            double[] u = Arrays.stream(gradient).map(g -> -g / deviation * (loss / deviation)).toArray();
            return new ReverseStress(moves(u), loss / deviation, 0);
        }

        ReverseStress iterated() {
            double steps = (2.0 * curved.length + HALVINGS) * MOST_STEPS * (2 * STARTS + 1);
            if (portfolio.nodes(1) * steps > MOST_NODES) {
                throw new KernelRefusedException(KernelRefusal.TOO_LARGE, "too many American options to look for a move of " + size + " factors");
            }
            ReverseStress best = null;
            for (double[] start : starts()) {
                ReverseStress found = from(start);
                best = found != null && (best == null || found.distance < best.distance) ? found : best;
            }
            if (best == null) {
                throw unreached(loss);
            }
            return best;
        }

        /** No move, and two deviations up and down of the factors whose deviation the portfolio feels most, options counting fully. */
        private double[][] starts() {
            double[] reach = new double[size];
            for (int i = 0; i < size; i++) {
                reach[i] = (Math.abs(slopes[i]) + weight(i)) * deviation(i);
            }
            int[] most = IntStream.range(0, size).filter(i -> deviation(i) > 0).boxed().sorted((a, b) -> Double.compare(reach[b], reach[a])).limit(STARTS)
                    .mapToInt(Integer::intValue).toArray();
            double[][] starts = new double[2 * most.length + 1][size];
            for (int k = 0; k < most.length; k++) {
                for (int j = 0; j < size; j++) {
                    starts[2 * k + 1][j] = START * lower[most[k] * size + j] / deviation(most[k]);
                    starts[2 * k + 2][j] = -starts[2 * k + 1][j];
                }
            }
            return starts;
        }

        private double weight(int factor) {
            double weight = 0;
            for (Revaluation.Options group : portfolio.options()) {
                OptionBook book = group.book();
                for (int i = 0; i < book.positions(); i++) {
                    weight += group.prices()[book.spotFactor()[i]] == factor ? Math.abs(book.quantity()[i] * book.spot()[i]) : 0;
                }
            }
            return weight;
        }

        private double deviation(int factor) {
            double square = 0;
            for (int j = 0; j <= factor; j++) {
                square += lower[factor * size + j] * lower[factor * size + j];
            }
            return Math.sqrt(square);
        }

        private ReverseStress from(double[] start) {
            double[] u = start;
            double missing = profit(u) + loss;
            ReverseStress nearest = null;
            for (int step = 1; step <= MOST_STEPS; step++) {
                double[] gradient = turned(gradient(moves(u)));
                double square = product(gradient, gradient);
                if (square == 0) {
                    return nearest;
                }
                double along = (product(gradient, u) - missing) / square;
                double[] target = Arrays.stream(gradient).map(g -> g * along).toArray();
                if (length(target) > FARTHEST) {
                    double shorter = FARTHEST / length(target);
                    target = Arrays.stream(target).map(t -> t * shorter).toArray();
                }
                double weight = 2 * Math.max(length(u), length(target)) / Math.sqrt(square);
                double merit = 0.5 * product(u, u) + weight * Math.abs(missing);
                double part = 1;
                double[] next = target;
                double left = profit(next) + loss;
                for (int halving = 0; halving < HALVINGS && 0.5 * product(next, next) + weight * Math.abs(left) > merit; halving++) {
                    part /= 2;
                    next = between(u, target, part);
                    left = profit(next) + loss;
                }
                double moved = distance(u, next);
                u = next;
                missing = left;
                double distance = length(u);
                if (Math.abs(missing) < NEAR * loss && distance < (nearest == null ? FARTHEST : nearest.distance)) {
                    nearest = new ReverseStress(moves(u), distance, step);
                }
                // Trees have kinks, at which steps need not come to rest.
                if (Math.abs(missing) < NEAR * loss && moved < NEAR * (1 + distance)) {
                    return nearest;
                }
            }
            return nearest;
        }

        private double profit(double[] u) {
            return portfolio.profits(engine, portfolio.widened(moves(u), 1), 1)[0];
        }

        /** By differences on both sides where options are, and as it is elsewhere. */
        private double[] gradient(double[] at) {
            double[] gradient = portfolio.exposures().clone();
            double[] shifted = new double[2 * curved.length * size];
            for (int k = 0; k < curved.length; k++) {
                System.arraycopy(at, 0, shifted, 2 * k * size, size);
                System.arraycopy(at, 0, shifted, (2 * k + 1) * size, size);
                shifted[2 * k * size + curved[k]] += SHIFT;
                shifted[(2 * k + 1) * size + curved[k]] -= SHIFT;
            }
            double[] profits = portfolio.profits(engine, portfolio.widened(shifted, 2 * curved.length), 2 * curved.length);
            for (int k = 0; k < curved.length; k++) {
                gradient[curved[k]] = (profits[2 * k] - profits[2 * k + 1]) / (2 * SHIFT);
            }
            return gradient;
        }

        /** Moves of factors for independent normal numbers. */
        private double[] moves(double[] u) {
            double[] moves = new double[size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    moves[i] += lower[i * size + j] * u[j];
                }
            }
            return moves;
        }

        /** A gradient by factors as one by those numbers. */
        private double[] turned(double[] gradient) {
            double[] turned = new double[size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    turned[j] += lower[i * size + j] * gradient[i];
                }
            }
            return turned;
        }

        private static double product(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static double length(double[] a) {
            return Math.sqrt(product(a, a));
        }

        private static double distance(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (a[i] - b[i]) * (a[i] - b[i]);
            }
            return Math.sqrt(sum);
        }

        private static double[] between(double[] from, double[] to, double part) {
            double[] between = new double[from.length];
            for (int i = 0; i < from.length; i++) {
                between[i] = from[i] + part * (to[i] - from[i]);
            }
            return between;
        }
    }
}
