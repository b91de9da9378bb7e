package io.partita.kernels;

/** In what numbers scenarios are calculated. The same seed gives the same scenarios in both, rounded. */
public enum Precision {
    /** Four bytes: exact to about 1e-5 of the largest profit, and fast. */
    SINGLE,
    /** Eight bytes: as a straightforward loop in double precision, to 1e-10. */
    DOUBLE
}
