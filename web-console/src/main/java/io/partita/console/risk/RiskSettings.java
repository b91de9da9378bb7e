package io.partita.console.risk;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * How a risk is measured, and how the method is tested.
 *
 * @param day        null for today
 * @param level      in percent
 * @param window     days of history
 * @param horizon    days ahead
 * @param scenarios  of Monte Carlo
 * @param seed       of what is drawn
 * @param testWindow days of history that each forecast of the back-test looks at
 * @param testDays   days that the back-test forecasts
 */
record RiskSettings(LocalDate day, RiskMethod method, BigDecimal level, int window, int horizon, int scenarios, long seed, int testWindow, int testDays) {

    static final RiskSettings USUAL = new RiskSettings(null, RiskMethod.FILTERED_HISTORICAL, BigDecimal.valueOf(99), 500, 1, 100_000, 1, 250, 500);

    RiskSettings with(RiskMethod other) {
        return new RiskSettings(day, other, level, window, horizon, scenarios, seed, testWindow, testDays);
    }

    RiskSettings on(LocalDate other) {
        return new RiskSettings(other, method, level, window, horizon, scenarios, seed, testWindow, testDays);
    }

    /** As a part of 1. */
    BigDecimal part() {
        return level.movePointLeft(2);
    }
}
