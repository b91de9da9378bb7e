package io.partita.kernels;

/** Where the numbers of simulated scenarios come from. */
public enum Draws {
    /** Independent scenarios, by {@link io.partita.kernels.random.Philox}. */
    PSEUDO_RANDOM,
    /** The second half of the scenarios mirrors the first, so that odd moments vanish. */
    ANTITHETIC,
    /** {@link io.partita.kernels.random.Sobol}'s sequence, shifted by the seed; at most 256 factors. */
    QUASI_RANDOM
}
