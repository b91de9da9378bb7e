package io.partita.member.drill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.LongStream;

/** Where values stand on an upright axis, from 0 at the bottom to 1 at the top. */
final class Scale {

    private final double lowest;
    private final double highest;
    private final boolean logarithmic;
    private final List<Double> ticks;
    private final DoubleFunction<String> label;

    private Scale(double lowest, double highest, boolean logarithmic, List<Double> ticks, DoubleFunction<String> label) {
        this.lowest = lowest;
        this.highest = highest;
        this.logarithmic = logarithmic;
        this.ticks = ticks;
        this.label = label;
    }

    /** From nothing to a round number that is not below the greatest value. */
    static Scale counts(long greatest) {
        long top = Math.max(4, greatest);
        long power = (long) Math.pow(10, Math.floor(Math.log10(top / 4.0)));
        long step = Math.max(1, step(top / 4.0, power, 2 * power, 5 * power, 10 * power));
        List<Double> ticks = new ArrayList<>();
        for (double tick = 0; tick < top + step; tick += step) {
            ticks.add(tick);
        }
        return new Scale(0, ticks.getLast(), false, ticks, value -> Text.number((long) value));
    }

    /** Powers of ten, in microseconds: what matters of a latency is its order. */
    static Scale latencies(long leastMicros, long greatestMicros) {
        double lowest = Math.pow(10, Math.floor(Math.log10(Math.max(1, leastMicros))));
        double highest = Math.max(lowest * 100, Math.pow(10, Math.ceil(Math.log10(Math.max(1, greatestMicros)))));
        List<Double> ticks = new ArrayList<>();
        for (double tick = lowest; tick <= highest * 1.001; tick *= 10) {
            ticks.add(tick);
        }
        return new Scale(lowest, highest, true, ticks, Scale::power);
    }

    private static String power(double micros) {
        return micros >= 1_000_000 ? Math.round(micros / 1_000_000) + " s"
                : micros >= 1_000 ? Math.round(micros / 1_000) + " ms" : Math.round(micros) + " µs";
    }

    double place(double value) {
        double place = logarithmic ? Math.log(Math.max(value, lowest) / lowest) / Math.log(highest / lowest)
                : (value - lowest) / (highest - lowest);
        return Math.clamp(place, 0, 1);
    }

    List<Double> ticks() {
        return ticks;
    }

    String label(double tick) {
        return label.apply(tick);
    }

    /** The first of some steps that is not smaller than wanted, or the last. */
    static long step(double wanted, long... steps) {
        return LongStream.of(steps).filter(step -> step >= wanted).findFirst().orElse(steps[steps.length - 1]);
    }
}
