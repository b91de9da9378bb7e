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
 * @param rate      a year, continuously compounded, that options are discounted by
 */
record RiskSettings(RiskMethod method, double level, int window, int horizon, int scenarios, long seed, double rate) {

    static final int MOST_DAYS = 5_000;
    static final int MOST_SCENARIOS = 1_000_000;
    private static final double MOST_RATE = 1;

    RiskSettings {
        Checks.level(level);
        Checks.horizon(horizon);
        window(window);
        rate(rate);
        if (scenarios < 1 || scenarios > MOST_SCENARIOS) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, scenarios + " scenarios; there are 1 to " + MOST_SCENARIOS);
        }
    }

    /** Where options are not discounted. */
    RiskSettings(RiskMethod method, double level, int window, int horizon, int scenarios, long seed) {
        this(method, level, window, horizon, scenarios, seed, 0);
    }

    /** Of questions that have no more settings than that. */
    static int window(int days) {
        if (days < 2 || days > MOST_DAYS) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, "a window of " + days + " days; it is 2 to " + MOST_DAYS);
        }
        return days;
    }

    /** Likewise. */
    static double rate(double rate) {
        if (!(Math.abs(rate) <= MOST_RATE)) {
            throw new KernelRefusedException(KernelRefusal.OUT_OF_RANGE, "a rate of " + rate + "; it is -" + MOST_RATE + " to " + MOST_RATE);
        }
        return rate;
    }

    /** By what moves of one day are multiplied. */
    double scale() {
        return Math.sqrt(horizon);
    }
}
