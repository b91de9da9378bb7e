package io.partita.kernels.measure;

/** Why there is no figure. The name is the documented code in every interface; each says one thing. New codes go last. */
public enum MeasureRefusal {
    EMPTY_PORTFOLIO("There is no position to measure."),
    SINGLE_OBSERVATION("One observation has no spread; at least two returns, or three prices, are needed."),
    HISTORY_TOO_SHORT("The history has no observation as rare as the level asks for, or not enough for the window."),
    STALE_PRICES("A price has not moved for so many days that it cannot be trusted."),
    MISSING_PRICES("A price is missing on a day, and the treatment of missing days does not allow for it."),
    NOT_A_NUMBER("A value is infinite or not a number."),
    PRICE_NOT_POSITIVE("A price is zero or negative, so that no return can be taken from it."),
    LEVEL_OUT_OF_RANGE("The level lies between 0.5 and 1, both excluded."),
    HORIZON_OUT_OF_RANGE("The horizon is 1 to 250 days."),
    DECAY_OUT_OF_RANGE("The decay of weights is more than 0.5 and less than 1, or 1 for equal weights where that is said."),
    SHAPE_MISMATCH("The sizes of the inputs do not fit together."),
    TOO_LARGE("The input is larger than what is measured in one piece."),
    NO_VOLUME("A position has no volume to be sold into."),
    EXPANSION_INVALID("Skewness and kurtosis are too large for the Cornish-Fisher expansion: its quantiles would not increase with the level."),
    PARAMETER_OUT_OF_RANGE("Another number is outside of its documented range.");

    private final String meaning;

    MeasureRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
