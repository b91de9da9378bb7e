package io.partita.kernels.measure;

/** What every measure asks of its input before it calculates anything. */
final class Checks {

    static final int LONGEST_HORIZON = 250;

    private Checks() {
    }

    static MeasureException refused(MeasureRefusal code, String detail) {
        return new MeasureException(code, detail);
    }

    static void level(double level) {
        if (!(level > 0.5 && level < 1)) {
            throw refused(MeasureRefusal.LEVEL_OUT_OF_RANGE, "level " + level);
        }
    }

    static void horizon(int days) {
        if (days < 1 || days > LONGEST_HORIZON) {
            throw refused(MeasureRefusal.HORIZON_OUT_OF_RANGE, "horizon " + days);
        }
    }

    /** Of weights that must decay. */
    static void decay(double decay) {
        if (!(decay > 0.5 && decay < 1)) {
            throw refused(MeasureRefusal.DECAY_OUT_OF_RANGE, "decay " + decay);
        }
    }

    static void numbers(double[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw refused(MeasureRefusal.NOT_A_NUMBER, what + " " + i + " is " + values[i]);
            }
        }
    }

    /** A series with a spread. */
    static void series(double[] values) {
        if (values.length < 2) {
            throw refused(MeasureRefusal.SINGLE_OBSERVATION, values.length + " observations");
        }
        numbers(values, "observation");
    }

    static void positions(double[] exposures, int assets) {
        if (exposures.length == 0) {
            throw refused(MeasureRefusal.EMPTY_PORTFOLIO, "no exposure");
        }
        if (exposures.length != assets) {
            throw refused(MeasureRefusal.SHAPE_MISMATCH, exposures.length + " exposures to " + assets + " columns");
        }
        numbers(exposures, "exposure");
    }

    /** A result that has left the range of double is refused like an input that is no number. */
    static double finite(double result) {
        if (!Double.isFinite(result)) {
            throw refused(MeasureRefusal.NOT_A_NUMBER, "the result is out of the range of double");
        }
        return result;
    }
}
