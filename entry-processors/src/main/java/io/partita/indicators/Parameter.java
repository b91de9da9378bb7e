package io.partita.indicators;

/**
 * A number that an indicator is made with.
 *
 * @param usual what it is unless said
 * @param whole whether it has no fraction
 */
public record Parameter(String name, double usual, boolean whole, double least, double most) {

    /** A longer memory costs every instrument. */
    private static final int LONGEST = 5_000;

    static Parameter period(String name, int usual) {
        return new Parameter(name, usual, true, 1, LONGEST);
    }

    static Parameter period(int usual) {
        return period("period", usual);
    }

    /** A period of exponential smoothing, which is but another way to write its weight and need not be whole. */
    static Parameter smoothing(String name, double usual) {
        return new Parameter(name, usual, false, 1, LONGEST);
    }

    static Parameter number(String name, double usual, double most) {
        return new Parameter(name, usual, false, 0, most);
    }

    /** How averages with 1 / period begin: 1 with the mean of the first period, as in Wilder's book; 0 with the first value, as in some programs. */
    static Parameter wilder() {
        return new Parameter("wilder", 1, true, 0, 1);
    }

    /** A second period that is 0 for the same as the first. */
    static Parameter otherwise(String name) {
        return new Parameter(name, 0, true, 0, LONGEST);
    }

    /** Whether most people never set it: it is written only where it is not as usual. */
    boolean rare() {
        return whole && least == 0;
    }

    void check(double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + IndicatorSpec.plain(value) + "; it lies between " + IndicatorSpec.plain(least) + " and "
                    + IndicatorSpec.plain(most));
        }
        if (whole && value != Math.rint(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it is a whole number");
        }
    }

    @Override
    public String toString() {
        return name + "=" + IndicatorSpec.plain(usual);
    }
}
