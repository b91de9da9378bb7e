package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.line;
import static io.partita.indicators.IndicatorKind.series;
import static io.partita.indicators.Parameter.period;

import java.util.List;

/** Plain statistics of the last so many values. */
final class Statistics {

    static final List<IndicatorKind> KINDS = List.of(
            series("value", "The value itself, as of another source", List.of(), (a, memory) -> value -> value),
            series("max", "Highest", List.of(period(20)), (a, memory) -> Extreme.highest(memory, a.period())::add),
            series("min", "Lowest", List.of(period(20)), (a, memory) -> Extreme.lowest(memory, a.period())::add),
            series("sum", "Sum", List.of(period(20)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return value -> {
                    window.add(value);
                    return window.sum();
                };
            }),
            series("median", "Median", List.of(period(20)), (a, memory) -> {
                Ordered ordered = new Ordered(memory, a.period());
                return value -> {
                    ordered.add(value);
                    return ordered.median();
                };
            }),
            series("md", "Mean distance from the mean", List.of(period(20)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                Ordered ordered = new Ordered(memory, a.period());
                return value -> {
                    double mean = window.add(value);
                    ordered.add(value);
                    return ordered.distance(mean);
                };
            }),
            series("rank", "Which part of the last values is smaller than this one, 0 to 1", List.of(period(20)), (a, memory) -> {
                Ordered ordered = new Ordered(memory, a.period());
                return value -> {
                    ordered.add(value);
                    return ordered.rank(value);
                };
            }),
            series("zscore", "How many deviations the value is from the mean", List.of(period(20)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return value -> {
                    double mean = window.add(value);
                    return (value - mean) / window.deviation();
                };
            }),
            line("correlation", "Correlation of returns with those of the benchmark, -1 to 1", List.of(period(20)), (a, memory) -> {
                Comoment returns = new Comoment(memory, a.period());
                Together together = new Together(memory, returns);
                return bar -> together.add(bar) ? returns.correlation() : Double.NaN;
            }),
            line("beta", "How much the return goes with one of the benchmark", List.of(period(60)), (a, memory) -> {
                Comoment returns = new Comoment(memory, a.period());
                Together together = new Together(memory, returns);
                return bar -> together.add(bar) ? returns.beta() : Double.NaN;
            }),
            series("autocorrelation", "Correlation of returns with those one bar before, -1 to 1", List.of(period(20)), (a, memory) -> {
                Cell price = new Cell(memory);
                Cell gain = new Cell(memory);
                Comoment returns = new Comoment(memory, a.period());
                return value -> {
                    double now = value / price.swap(value) - 1;
                    returns.add(now, gain.swap(now));
                    return returns.correlation();
                };
            }));

    private Statistics() {
    }

    /** Returns of an instrument and its benchmark over the same time: a bar without the benchmark is left out of both. */
    private static final class Together {

        private final Cell price;
        private final Cell benchmark;
        private final Comoment returns;

        Together(Memory memory, Comoment returns) {
            price = new Cell(memory);
            benchmark = new Cell(memory);
            this.returns = returns;
        }

        /** @return whether there was a benchmark */
        boolean add(Candle bar) {
            boolean both = !Double.isNaN(bar.benchmark());
            if (both) {
                returns.add(bar.close() / price.swap(bar.close()) - 1, bar.benchmark() / benchmark.swap(bar.benchmark()) - 1);
            }
            return both;
        }
    }
}
