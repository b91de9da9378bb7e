package io.partita.indicators;

import java.util.Locale;

/** Which number of a bar an indicator is made over. */
public enum Source {
    OPEN,
    HIGH,
    LOW,
    CLOSE,
    VOLUME,
    /** (high + low) / 2. */
    MEDIAN,
    /** (high + low + close) / 3. */
    TYPICAL,
    /** (high + low + 2 close) / 4. */
    WEIGHTED,
    /** (open + high + low + close) / 4. */
    AVERAGE,
    FLOW,
    BENCHMARK;

    double of(Candle bar) {
        return switch (this) {
            case OPEN -> bar.open();
            case HIGH -> bar.high();
            case LOW -> bar.low();
            case CLOSE -> bar.close();
            case VOLUME -> bar.volume();
            case MEDIAN -> (bar.high() + bar.low()) / 2;
            case TYPICAL -> (bar.high() + bar.low() + bar.close()) / 3;
            case WEIGHTED -> (bar.high() + bar.low() + 2 * bar.close()) / 4;
            case AVERAGE -> (bar.open() + bar.high() + bar.low() + bar.close()) / 4;
            case FLOW -> bar.flow();
            case BENCHMARK -> bar.benchmark();
        };
    }

    /** As it is written among the arguments of an indicator. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
