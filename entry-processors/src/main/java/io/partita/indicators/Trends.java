package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.line;
import static io.partita.indicators.IndicatorKind.lines;
import static io.partita.indicators.IndicatorKind.series;
import static io.partita.indicators.Parameter.number;
import static io.partita.indicators.Parameter.otherwise;
import static io.partita.indicators.Parameter.period;
import static io.partita.indicators.Parameter.wilder;

import java.util.List;
import java.util.function.Supplier;

/** Whether prices go anywhere, and which way. */
final class Trends {

    static final List<IndicatorKind> KINDS = List.of(
            // J. W. Wilder, New Concepts in Technical Trading Systems, 1978; all of dm, di, dx, adx, adxr and psar.
            lines("dm", "Directional movement, summed up Wilder's way", List.of(period(14), wilder()), List.of("plus", "minus"), (a, memory) -> {
                Directional movement = new Directional(a, memory);
                return (bar, out) -> {
                    movement.add(bar);
                    out[0] = movement.plus * a.period();
                    out[1] = movement.minus * a.period();
                };
            }),
            lines("di", "Directional indicators: movement by true range, 0 to 100", List.of(period(14), wilder()), List.of("plus", "minus"), (a, memory) -> {
                Directional movement = new Directional(a, memory);
                return (bar, out) -> {
                    movement.add(bar);
                    out[0] = 100 * movement.plus / movement.range;
                    out[1] = 100 * movement.minus / movement.range;
                };
            }),
            line("dx", "Directional index: how much stronger one direction is, 0 to 100", List.of(period(14), wilder()), (a, memory) -> {
                Directional movement = new Directional(a, memory);
                return bar -> movement.add(bar);
            }),
            line("adx", "Average directional index", List.of(period(14), otherwise("smoothing"), wilder()),
                    (a, memory) -> averageDirectional(a, memory, a.whole("smoothing") == 0 ? a.period() : a.whole("smoothing"))),
            line("adxr", "Mean of the average directional index and what it was a period ago", List.of(period(14), wilder()), (a, memory) -> {
                Formula.Line average = averageDirectional(a, memory, a.period());
                Delay then = new Delay(memory, a.period() - 1);
                return bar -> {
                    double now = average.next(bar);
                    return (now + then.add(now)) / 2;
                };
            }),
            line("psar", "Parabolic stop and reverse", List.of(number("step", 0.02, 10), number("most", 0.2, 10)), ParabolicStop::new),
            // T. Chande, Stocks & Commodities 13:9, 1995.
            lines("aroon", "How long ago the lowest and the highest were, 100 for now", List.of(period(25)), List.of("down", "up"), Trends::aroon),
            line("aroonosc", "Aroon up less aroon down", List.of(period(25)), (a, memory) -> {
                Formula both = aroon(a, memory);
                double[] out = new double[2];
                return bar -> {
                    both.next(bar, out);
                    return out[1] - out[0];
                };
            }),
            lines("supertrend", "A stop that follows at some true ranges, and 1 for up or -1 for down (O. Seban)", List.of(period(10), number("width", 3, 100)),
                    List.of("stop", "direction"), SuperTrend::new),
            // G. Hosoda, 1969.
            lines("ichimoku", "Ichimoku: conversion and base line, and the cloud that stands under this bar",
                    List.of(period("conversion", 9), period("base", 26), period("span", 52)), List.of("conversion", "base", "spana", "spanb"), Trends::ichimoku),
            // A. White, Futures, August 1991.
            series("vhf", "Vertical horizontal filter: the range of prices by the way they went", List.of(period(28)), Trends::filter),
            // E. Botes and D. Siepman, The vortex indicator, Stocks & Commodities 28:1, 2010.
            lines("vortex", "Movement up and down by true range", List.of(period(14)), List.of("plus", "minus"), Trends::vortex),
            // D. Dorsey, The mass index, Stocks & Commodities 10:6, 1992.
            line("mass", "Mass index: ranges by ranges smoothed, summed up", List.of(period(25)), Trends::mass),
            series("linregslope", "How much the line of least squares rises from bar to bar", List.of(period(14)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return price -> {
                    window.add(price);
                    return window.slope();
                };
            }),
            series("linregintercept", "Where the line of least squares begins", List.of(period(14)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return price -> {
                    window.add(price);
                    return window.line(1 - a.period());
                };
            }));

    private Trends() {
    }

    /** Wilder's directional movement: what of the way up or down is outside the range of the bar before. */
    private static final class Directional {

        private final Cell high;
        private final Cell low;
        private final Ranges.TrueRange ranges;
        private final Smoothed up;
        private final Smoothed down;
        private final Smoothed size;
        private final boolean wilder;
        private double plus;
        private double minus;
        private double range;

        Directional(Arguments a, Memory memory) {
            this(a.whole("wilder") == 1, memory, () -> a.average(memory));
        }

        Directional(boolean wilder, Memory memory, Supplier<Smoothed> average) {
            high = new Cell(memory);
            low = new Cell(memory);
            ranges = new Ranges.TrueRange(memory);
            up = average.get();
            down = average.get();
            size = average.get();
            this.wilder = wilder;
        }

        /** @return the directional index */
        double add(Candle bar) {
            double highBefore = high.swap(bar.high());
            double lowBefore = low.swap(bar.low());
            boolean first = Double.isNaN(highBefore);
            double above = first ? 0 : Math.max(0, bar.high() - highBefore);
            double below = first ? 0 : Math.max(0, lowBefore - bar.low());
            plus = up.add(above > below ? above : 0);
            minus = down.add(below > above ? below : 0);
            double now = ranges.add(bar);
            // Wilder counts ranges from the second bar on.
            range = size.add(first && wilder ? 0 : now);
            return plus + minus == 0 ? 0 : 100 * Math.abs(plus - minus) / (plus + minus);
        }
    }

    private static Formula.Line averageDirectional(Arguments a, Memory memory, int smoothing) {
        if (a.whole("wilder") == 1) {
            Directional movement = new Directional(a, memory);
            Smoothed average = Smoothed.wilder(memory, smoothing);
            return bar -> average.add(movement.add(bar));
        }
        // Here the outer average begins with the first bar too, long before the inner ones mean anything.
        Directional movement = new Directional(false, memory, () -> Smoothed.weighted(memory, 1.0 / a.period(), 1));
        Smoothed average = Smoothed.weighted(memory, 1.0 / smoothing, a.period() + smoothing - 1);
        return bar -> average.add(movement.add(bar));
    }

    private static Formula aroon(Arguments a, Memory memory) {
        Extreme low = Extreme.lowest(memory, a.period() + 1);
        Extreme high = Extreme.highest(memory, a.period() + 1);
        return (bar, out) -> {
            low.add(bar.low());
            high.add(bar.high());
            out[0] = 100 - 100 * low.age() / a.period();
            out[1] = 100 - 100 * high.age() / a.period();
        };
    }

    /** Half way between the highest and the lowest of a span. */
    private static Formula.Line middle(Memory memory, int period) {
        Extreme high = Extreme.highest(memory, period);
        Extreme low = Extreme.lowest(memory, period);
        return bar -> (high.add(bar.high()) + low.add(bar.low())) / 2;
    }

    private static Formula ichimoku(Arguments a, Memory memory) {
        Formula.Line conversion = middle(memory, a.whole("conversion"));
        Formula.Line base = middle(memory, a.whole("base"));
        Formula.Line span = middle(memory, a.whole("span"));
        Delay spanA = new Delay(memory, a.whole("base"));
        Delay spanB = new Delay(memory, a.whole("base"));
        return (bar, out) -> {
            out[0] = conversion.next(bar);
            out[1] = base.next(bar);
            out[2] = spanA.add((out[0] + out[1]) / 2);
            out[3] = spanB.add(span.next(bar));
        };
    }

    private static Formula.Series filter(Arguments a, Memory memory) {
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        Window path = new Window(memory, a.period());
        Cell last = new Cell(memory);
        return price -> {
            double range = high.add(price) - low.add(price);
            path.add(Math.abs(price - last.swap(price)));
            return range == 0 && path.full() ? 0 : range / path.sum();
        };
    }

    private static Formula vortex(Arguments a, Memory memory) {
        Cell high = new Cell(memory);
        Cell low = new Cell(memory);
        Ranges.TrueRange ranges = new Ranges.TrueRange(memory);
        Window plus = new Window(memory, a.period());
        Window minus = new Window(memory, a.period());
        Window range = new Window(memory, a.period());
        return (bar, out) -> {
            double up = plus.add(Math.abs(bar.high() - low.get()));
            double down = minus.add(Math.abs(bar.low() - high.get()));
            double now = ranges.add(bar);
            double all = range.add(Double.isNaN(high.get()) ? Double.NaN : now);
            high.set(bar.high());
            low.set(bar.low());
            out[0] = up / all;
            out[1] = down / all;
        };
    }

    private static Formula.Line mass(Arguments a, Memory memory) {
        Smoothed once = Smoothed.exponential(memory, 9);
        Smoothed twice = Smoothed.exponential(memory, 9);
        Window window = new Window(memory, a.period());
        return bar -> {
            double range = once.add(bar.high() - bar.low());
            window.add(range / twice.add(range));
            return window.sum();
        };
    }
}
