package io.partita.risk;

/**
 * When people are warned, and when orders stop. A figure on a level is within it.
 *
 * @param soft not negative
 * @param hard not below soft
 */
public record Levels(long soft, long hard) {

    public Levels {
        if (soft < 0 || hard < soft) {
            throw new LimitRefused(LimitRefusal.LEVELS_REVERSED, "soft " + soft + ", hard " + hard);
        }
    }

    /** Where a figure stands. */
    public LimitState state(long value) {
        return value > hard ? LimitState.HARD : value > soft ? LimitState.SOFT : LimitState.OK;
    }
}
