package io.partita.kernels;

/** Why a calculation was not begun. The name is the documented code in every interface. Ordinals travel: new ones go last. */
public enum KernelRefusal {
    LEVEL_OUT_OF_RANGE("A level of confidence that is not between 0.5 and 1, both excluded."),
    NOT_FINITE("A number is NaN or infinite."),
    NOT_POSITIVE("A price, strike, volatility, time, size or variance is below zero, or zero where it must not be."),
    OUT_OF_RANGE("A number is so large that a result could overflow: rates times years over 50, years over 200, a volatility over 100."),
    DIMENSIONS_DIFFER("Arrays that belong together have different lengths, or a portfolio knows other factors than the scenarios."),
    NO_SUCH_FACTOR("A portfolio names a factor or a position that there is not."),
    NO_SCENARIOS("No scenario at all."),
    TOO_FEW_OBSERVATIONS("The tail at this level holds less than one whole observation, or a history fewer than its window asks for; two are the least."),
    TOO_LARGE("More scenarios, factors, positions or steps than one run takes."),
    NOT_SYMMETRIC("A matrix that is not symmetric."),
    COVARIANCE_WITHOUT_VARIANCE("A factor without variance that covaries with another."),
    TOO_MANY_DIMENSIONS("A quasi-random sequence has at most 256 dimensions."),
    EMPTY_PORTFOLIO("There is no position to measure."),
    STALE_PRICES("A price has not moved for so many days that it cannot be trusted."),
    MISSING_PRICES("A price is missing on a day, and the treatment of missing days does not allow for it."),
    HORIZON_OUT_OF_RANGE("A horizon that is not 1 to 250 days."),
    DECAY_OUT_OF_RANGE("A decay of weights that is not between 0.5 and 1; 1 stands for equal weights where that is said."),
    NO_VOLUME("A position has no volume to be sold into."),
    LOSS_NOT_REACHED("No move of the factors that is likely at all loses so much.");

    private final String meaning;

    KernelRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
