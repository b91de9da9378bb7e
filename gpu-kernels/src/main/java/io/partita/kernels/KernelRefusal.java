package io.partita.kernels;

/** Why a calculation was not begun. Ordinals travel: new ones go last. */
public enum KernelRefusal {
    /** A level of confidence that is not between 0.5 and 1, both excluded. */
    LEVEL_OUT_OF_RANGE,
    /** A number is NaN or infinite. */
    NOT_FINITE,
    /** A price, strike, volatility, time, size or variance is below zero, or zero where it must not be. */
    NOT_POSITIVE,
    /** A number is so large that a result could overflow: rates times years over 50, years over 200, a volatility over 100. */
    OUT_OF_RANGE,
    /** Arrays that belong together have different lengths, or a portfolio knows other factors than the scenarios. */
    DIMENSIONS_DIFFER,
    /** A portfolio names a factor or a position that there is not. */
    NO_SUCH_FACTOR,
    /** No scenario at all. */
    NO_SCENARIOS,
    /** The tail at this level holds less than one whole observation, or a history fewer than its window asks for; two are the least. */
    TOO_FEW_OBSERVATIONS,
    /** More scenarios, factors, positions or steps than one run takes. */
    TOO_LARGE,
    /** A matrix that is not symmetric. */
    NOT_SYMMETRIC,
    /** A factor without variance that covaries with another. */
    COVARIANCE_WITHOUT_VARIANCE,
    /** A quasi-random sequence has at most 256 dimensions. */
    TOO_MANY_DIMENSIONS,
    /** There is no position to measure. */
    EMPTY_PORTFOLIO,
    /** A price has not moved for so many days that it cannot be trusted. */
    STALE_PRICES,
    /** A price is missing on a day, and the treatment of missing days does not allow for it. */
    MISSING_PRICES,
    /** A horizon that is not 1 to 250 days. */
    HORIZON_OUT_OF_RANGE,
    /** A decay of weights that is not between 0.5 and 1; 1 stands for equal weights where that is said. */
    DECAY_OUT_OF_RANGE,
    /** A position has no volume to be sold into. */
    NO_VOLUME
}
