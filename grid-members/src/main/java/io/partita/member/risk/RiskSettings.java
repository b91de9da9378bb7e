package io.partita.member.risk;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;

/**
 * How a risk is to be measured.
 *
 * @param level     in (0.5, 1)
 * @param window    days of history
 * @param horizon   days ahead, by the square root of time
 * @param scenarios of Monte Carlo
 * @param seed      of whatever is drawn: the same seed gives the same figures
 */
record RiskSettings(RiskMethod method, double level, int window, int horizon, int scenarios, long seed) {

    static final int MOST_DAYS = 5_000;
    static final int MOST_SCENARIOS = 1_000_000;
    private static final int LONGEST_HORIZON = 250;

    RiskSettings {
        Checks.level(level);
        if (horizon < 1 || horizon > LONGEST_HORIZON) {
            throw new KernelRefusedException(KernelRefusal.HORIZON_OUT_OF_RANGE, "horizon " + horizon);
        }
        if (window < 2 || window > MOST_DAYS) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, "a window of " + window + " days; it is 2 to " + MOST_DAYS);
        }
        if (scenarios < 1 || scenarios > MOST_SCENARIOS) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, scenarios + " scenarios; there are 1 to " + MOST_SCENARIOS);
        }
    }
}
