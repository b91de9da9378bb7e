package io.partita.kernels.algebra;

/**
 * What was done to a matrix before it could be taken apart.
 *
 * @param made             whether anything was
 * @param smallest         the smallest eigenvalue of the correlation matrix before; NaN if none was calculated, since nothing was done
 * @param clipped          how many eigenvalues were lifted to {@link Cholesky#LEAST_EIGENVALUE}
 * @param distance         how far the correlation matrix moved: the root of the sum of its elements' squared changes
 * @param largestChange    the largest change of a single correlation
 */
public record Repair(boolean made, double smallest, int clipped, double distance, double largestChange) {

    static final Repair NONE = new Repair(false, Double.NaN, 0, 0, 0);

    @Override
    public String toString() {
        return made ? "repaired: %d eigenvalues clipped, the smallest was %.3g; correlations moved by at most %.3g, by %.3g in all"
                .formatted(clipped, smallest, largestChange, distance) : "as given";
    }
}
