package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;

/** What every measure asks of its input before it calculates anything. */
final class Checks {

    private Checks() {
    }

    static KernelRefusedException refused(KernelRefusal code, String detail) {
        return new KernelRefusedException(code, detail);
    }

    static void level(double level) {
        io.partita.kernels.Checks.level(level);
    }

    static void horizon(int days) {
        io.partita.kernels.Checks.horizon(days);
    }

    /** Of weights that must decay. */
    static void decay(double decay) {
        if (!(decay > 0.5 && decay < 1)) {
            throw refused(KernelRefusal.DECAY_OUT_OF_RANGE, "decay " + decay);
        }
    }

    static void numbers(double[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw refused(KernelRefusal.NOT_FINITE, what + " " + i + " is " + values[i]);
            }
        }
    }

    /** A series with a spread. */
    static void series(double[] values) {
        if (values.length < 2) {
            throw refused(KernelRefusal.TOO_FEW_OBSERVATIONS, values.length + " observations");
        }
        numbers(values, "observation");
    }

    static void positions(double[] exposures, int assets) {
        if (exposures.length == 0) {
            throw refused(KernelRefusal.EMPTY_PORTFOLIO, "no exposure");
        }
        if (exposures.length != assets) {
            throw refused(KernelRefusal.DIMENSIONS_DIFFER, exposures.length + " exposures to " + assets + " columns");
        }
        numbers(exposures, "exposure");
    }

    /** A result that has left the range of double is refused like an input that is no number. */
    static double finite(double result) {
        if (!Double.isFinite(result)) {
            throw refused(KernelRefusal.NOT_FINITE, "the result is out of the range of double");
        }
        return result;
    }
}
