package io.partita.kernels.measure;

/** How a change of price is told. */
public enum ReturnKind {
    /** Price over the one before, less one: the profit of one unit of money. */
    SIMPLE,
    /** Logarithm of price over the one before: adds up over time. */
    LOG
}
