package io.partita.kernels;

/** Why a calculation was not begun. Ordinals travel: new ones go last. */
public enum RiskRefusal {
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
    /** The tail at this level holds less than one whole observation, as with a single one at any level. */
    TOO_FEW_OBSERVATIONS,
    /** More scenarios, factors, positions or steps than one run takes. */
    TOO_LARGE,
    /** A matrix that is not symmetric. */
    NOT_SYMMETRIC,
    /** A factor without variance that covaries with another. */
    COVARIANCE_WITHOUT_VARIANCE,
    /** A quasi-random sequence has at most 256 dimensions. */
    TOO_MANY_DIMENSIONS
}
