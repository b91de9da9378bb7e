package io.partita.kernels.backtest;

import io.partita.kernels.Checks;
import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;


/**
 * Whether there were as many exceptions as the level says: the proportion-of-failures test of Kupiec, "Techniques for verifying the accuracy of risk
 * measurement models", 1995.
 */
final class Coverage {

    private Coverage() {
    }

    static LikelihoodTest test(int days, int exceptions, double level) {
        check(days, exceptions, level);
        double rate = (double) exceptions / days;
        int quiet = days - exceptions;
        double observed = LikelihoodTest.power(rate, exceptions) + LikelihoodTest.power(1 - rate, quiet);
        double expected = LikelihoodTest.power(1 - level, exceptions) + LikelihoodTest.power(level, quiet);
        return LikelihoodTest.of(observed - expected, 1);
    }

    static void check(int days, int exceptions, double level) {
        if (days < 1 || exceptions < 0 || exceptions > days) {
            throw new KernelRefusedException(KernelRefusal.DIMENSIONS_DIFFER, exceptions + " exceptions on " + days + " days");
        }
        Checks.level(level);
    }
}
