package io.partita.indicators;

/** What is calculated from one bar and what was remembered: a number for each output, NaN for none. */
@FunctionalInterface
interface Formula {

    void next(Candle bar, double[] out);

    /** Makes a formula whose parts remember in this memory. */
    @FunctionalInterface
    interface Maker {
        Formula make(Arguments arguments, Memory memory);
    }

    /** With one output. */
    @FunctionalInterface
    interface Line {
        double next(Candle bar);

        /** Makes a line. */
        @FunctionalInterface
        interface Maker {
            Line make(Arguments arguments, Memory memory);
        }
    }

    /** With one output from one number of each bar. */
    @FunctionalInterface
    interface Series {
        double next(double value);

        /** Makes a series. */
        @FunctionalInterface
        interface Maker {
            Series make(Arguments arguments, Memory memory);
        }
    }
}
