package io.partita.risk;

/** Where a figure stands against its limit. */
public enum LimitState {
    /** On the soft level or below. */
    OK,
    /** Above the soft level. */
    SOFT,
    /** Above the hard level. */
    HARD,
    /** There is no figure: nobody knows. */
    UNKNOWN
}
