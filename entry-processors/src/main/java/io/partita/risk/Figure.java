package io.partita.risk;

/** What a limit is held against. */
public sealed interface Figure {

    /**
     * A figure.
     *
     * @param value of the limit's measure
     * @param left  positions that are in no figure, such as those without a price: the true figure may be another
     */
    record Known(long value, int left) implements Figure {
    }

    /** There is none. @param reason the code of a refusal, such as {@code TOO_FEW_OBSERVATIONS} */
    record Unknown(String reason) implements Figure {
    }
}
