package io.partita.kernels;

/** Refuses bad input before anything is calculated: kernels themselves do not check. */
public final class Checks {

    /** Days ahead that risk is told for: a year of them. */
    public static final int LONGEST_HORIZON = 250;

    private Checks() {
    }

    /** Refuses NaN and infinities. */
    public static double finite(double value, String what) {
        if (!Double.isFinite(value)) {
            throw new KernelRefusedException(KernelRefusal.NOT_FINITE, what + " is " + value);
        }
        return value;
    }

    /** Refuses NaN and infinities anywhere. */
    public static double[] finite(double[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new KernelRefusedException(KernelRefusal.NOT_FINITE, what + "[" + i + "] is " + values[i]);
            }
        }
        return values;
    }

    /** Refuses numbers below zero, NaN and infinities. */
    public static double notNegative(double value, String what) {
        if (finite(value, what) < 0) {
            throw new KernelRefusedException(KernelRefusal.NOT_POSITIVE, what + " is " + value);
        }
        return value;
    }

    /** Refuses zero, numbers below it, NaN and infinities. */
    public static double positive(double value, String what) {
        if (finite(value, what) <= 0) {
            throw new KernelRefusedException(KernelRefusal.NOT_POSITIVE, what + " is " + value);
        }
        return value;
    }

    /** Refuses what is not between 0.5 and 1. */
    public static double level(double level) {
        if (!(level > 0.5 && level < 1)) {
            throw new KernelRefusedException(KernelRefusal.LEVEL_OUT_OF_RANGE, "level " + level + " is not between 0.5 and 1");
        }
        return level;
    }

    /** Refuses days ahead that are not 1 to {@value #LONGEST_HORIZON}. */
    public static int horizon(int days) {
        if (days < 1 || days > LONGEST_HORIZON) {
            throw new KernelRefusedException(KernelRefusal.HORIZON_OUT_OF_RANGE, "horizon " + days);
        }
        return days;
    }

    /** Refuses a count below a least or above a most. */
    public static int size(int value, int least, int most, String what) {
        if (value < least) {
            throw new KernelRefusedException(KernelRefusal.NOT_POSITIVE, what + ": " + value + ", at least " + least);
        }
        if (value > most) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, what + ": " + value + ", at most " + most);
        }
        return value;
    }

    /** Refuses an array of another length. */
    public static void length(int actual, long expected, String what) {
        if (actual != expected) {
            throw new KernelRefusedException(KernelRefusal.DIMENSIONS_DIFFER, what + " has " + actual + " elements instead of " + expected);
        }
    }

    /** Refuses an index out of a range of factors or positions. */
    public static int index(int index, int count, String what) {
        if (index < 0 || index >= count) {
            throw new KernelRefusedException(KernelRefusal.NO_SUCH_FACTOR, what + " " + index + " of " + count);
        }
        return index;
    }
}
