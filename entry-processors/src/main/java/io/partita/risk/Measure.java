package io.partita.risk;

/** What a limit is on. All are amounts in minor units of the limit's currency but {@link #CONCENTRATION}. */
public enum Measure {
    /** The loss that is exceeded as seldom as the level says. */
    VALUE_AT_RISK,
    /** The mean loss of those seldom cases. */
    EXPECTED_SHORTFALL,
    /** The sum of the absolute worths of positions. */
    GROSS_EXPOSURE,
    /** The absolute sum of the worths, short positions against long ones. */
    NET_EXPOSURE,
    /** The largest of the names, over all accounts of the target, as a share of all of them; in ten-thousandths. */
    CONCENTRATION,
    /** What was lost since the close of the day before. */
    DAY_LOSS,
    /** What is lost at once if the counterparty fails, with an add-on for what it may come to. */
    COUNTERPARTY_EXPOSURE;

    /** Whether it is an amount of money. */
    public boolean isMoney() {
        return this != CONCENTRATION;
    }

    /** Whether it is read off the tail of a distribution, and needs a {@link Tail}. */
    public boolean ofTail() {
        return this == VALUE_AT_RISK || this == EXPECTED_SHORTFALL;
    }
}
