package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.line;
import static io.partita.indicators.IndicatorKind.lines;
import static io.partita.indicators.IndicatorKind.series;
import static io.partita.indicators.Parameter.number;
import static io.partita.indicators.Parameter.period;
import static io.partita.indicators.Parameter.wilder;

import java.util.List;

/** How much prices move, and bands as wide as that. Volatilities are per bar unless they say otherwise. */
final class Ranges {

    private static final double YEAR = Math.sqrt(252);

    static final List<IndicatorKind> KINDS = List.of(
            line("tr", "True range: the range of a bar with the close before it", List.of(), (a, memory) -> new TrueRange(memory)::add),
            // J. W. Wilder, New Concepts in Technical Trading Systems, 1978.
            line("atr", "Average true range", List.of(period(14), wilder()), Ranges::averageRange),
            line("natr", "Average true range in hundredths of the price", List.of(period(14), wilder()), (a, memory) -> {
                Formula.Line range = averageRange(a, memory);
                return bar -> 100 * range.next(bar) / bar.close();
            }),
            // J. Bollinger, Bollinger on Bollinger Bands, 2001.
            lines("bbands", "Bollinger bands: so many deviations around the mean; where the price is between them (0 to 1), and their distance by the mean",
                    List.of(period(20), number("width", 2, 100)), List.of("lower", "middle", "upper", "percent", "bandwidth"), Ranges::bollinger).overSource(),
            // C. Keltner, How To Make Money in Commodities, 1960, as L. Raschke draws them.
            lines("keltner", "Keltner channels: so many average true ranges around an exponential moving average",
                    List.of(period(20), number("width", 2, 100), period("range", 10)), List.of("lower", "middle", "upper"), Ranges::keltner).overSource(),
            lines("donchian", "Donchian channel: lowest and highest, and half way between", List.of(period(20)), List.of("lower", "middle", "upper"),
                    Ranges::donchian),
            // P. Headley, Big Trends in Trading, 2002.
            lines("abands", "Acceleration bands: wider where ranges are large by the price", List.of(period(20)), List.of("lower", "middle", "upper"),
                    Ranges::acceleration),
            lines("ce", "Chandelier exit: so many average true ranges below the highest and above the lowest (C. Le Beau)",
                    List.of(period(22), number("width", 3, 100)), List.of("long", "short"), Ranges::chandelier),
            series("stddev", "Standard deviation, of all values and not of a sample", List.of(period(20)), (a, memory) -> deviation(memory, a.period(), 1)),
            series("stderr", "Standard error of the mean", List.of(period(20)), (a, memory) -> deviation(memory, a.period(), 1 / Math.sqrt(a.period()))),
            series("var", "Variance, of all values and not of a sample", List.of(period(20)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return value -> {
                    window.add(value);
                    return window.variance();
                };
            }),
            series("volatility", "Deviation of returns, for a year of 252 bars", List.of(period(20)), (a, memory) -> {
                Formula.Series deviation = deviation(memory, a.period(), YEAR);
                Cell last = new Cell(memory);
                return price -> deviation.next(price / last.swap(price) - 1);
            }),
            series("realised", "Realised volatility: the root of the sum of the squares of logarithmic returns", List.of(period(20)), (a, memory) -> {
                Cell last = new Cell(memory);
                Window window = new Window(memory, a.period());
                return price -> {
                    double gain = Math.log(price / last.swap(price));
                    window.add(gain * gain);
                    return Math.sqrt(Math.max(0, window.sum()));
                };
            }),
            // RiskMetrics technical document, 1996.
            series("ewmavol", "Volatility of logarithmic returns smoothed exponentially", List.of(number("decay", 0.94, 1)), (a, memory) -> {
                Cell last = new Cell(memory);
                Smoothed squares = Smoothed.weighted(memory, 1 - a.number("decay"), 1);
                return price -> {
                    double gain = Math.log(price / last.swap(price));
                    return Math.sqrt(squares.add(gain * gain));
                };
            }),
            // M. Parkinson, Journal of Business 53, 1980.
            line("parkinson", "Parkinson's volatility, from highs and lows", List.of(period(20)),
                    (a, memory) -> rooted(memory, a.period(), bar -> square(Math.log(bar.high() / bar.low())) / (4 * Math.log(2)))),
            // M. Garman and M. Klass, Journal of Business 53, 1980.
            line("garmanklass", "Volatility of Garman and Klass, from all four prices", List.of(period(20)), (a, memory) -> rooted(memory, a.period(),
                    bar -> square(Math.log(bar.high() / bar.low())) / 2 - (2 * Math.log(2) - 1) * square(Math.log(bar.close() / bar.open())))),
            // L. Rogers and S. Satchell, Annals of Applied Probability 1, 1991.
            line("rogerssatchell", "Volatility of Rogers and Satchell, which does not mind a drift", List.of(period(20)), (a, memory) -> rooted(memory, a.period(),
                    bar -> Math.log(bar.high() / bar.close()) * Math.log(bar.high() / bar.open())
                            + Math.log(bar.low() / bar.close()) * Math.log(bar.low() / bar.open()))),
            line("cvi", "Chaikin's volatility: what smoothed ranges have gained in a period, in hundredths", List.of(period(10)), (a, memory) -> {
                Smoothed range = Smoothed.exponential(memory, a.period());
                Delay then = new Delay(memory, a.period());
                return bar -> {
                    double now = range.add(bar.high() - bar.low());
                    return 100 * (now / then.add(now) - 1);
                };
            }),
            // P. Martin and B. McCann, The Investor's Guide to Fidelity Funds, 1989.
            series("ulcer", "Ulcer index: the root of the mean square of falls from the highest, in hundredths", List.of(period(14)), (a, memory) -> {
                Extreme high = Extreme.highest(memory, a.period());
                Window falls = new Window(memory, a.period());
                return price -> Math.sqrt(Math.max(0, falls.add(square(100 * (price / high.add(price) - 1)))));
            }));

    private Ranges() {
    }

    /** Of the first bar only its own range. */
    static final class TrueRange {

        private final Cell close;

        TrueRange(Memory memory) {
            close = new Cell(memory);
        }

        double add(Candle bar) {
            double before = close.swap(bar.close());
            return Double.isNaN(before) ? bar.high() - bar.low() : Math.max(bar.high(), before) - Math.min(bar.low(), before);
        }
    }

    private static double square(double value) {
        return value * value;
    }

    private static Formula.Line averageRange(Arguments a, Memory memory) {
        TrueRange range = new TrueRange(memory);
        Smoothed average = a.average(memory);
        return bar -> average.add(range.add(bar));
    }

    private static Formula.Series deviation(Memory memory, int period, double scale) {
        Window window = new Window(memory, period);
        return value -> {
            window.add(value);
            return window.deviation() * scale;
        };
    }

    /** The root of a mean. */
    private static Formula.Line rooted(Memory memory, int period, Formula.Line estimate) {
        Window window = new Window(memory, period);
        return bar -> Math.sqrt(Math.max(0, window.add(estimate.next(bar))));
    }

    private static Formula bollinger(Arguments a, Memory memory) {
        Window window = new Window(memory, a.period());
        double width = a.number("width");
        return (bar, out) -> {
            double price = a.value(bar);
            out[1] = window.add(price);
            double half = width * window.deviation();
            out[0] = out[1] - half;
            out[2] = out[1] + half;
            out[3] = (price - out[0]) / (2 * half);
            out[4] = 2 * half / out[1];
        };
    }

    private static Formula keltner(Arguments a, Memory memory) {
        Smoothed middle = Smoothed.exponential(memory, a.period());
        TrueRange range = new TrueRange(memory);
        Smoothed average = Smoothed.wilder(memory, a.whole("range"));
        double width = a.number("width");
        return (bar, out) -> {
            double half = width * average.add(range.add(bar));
            out[1] = middle.add(a.value(bar));
            out[0] = out[1] - half;
            out[2] = out[1] + half;
        };
    }

    private static Formula donchian(Arguments a, Memory memory) {
        Extreme low = Extreme.lowest(memory, a.period());
        Extreme high = Extreme.highest(memory, a.period());
        return (bar, out) -> {
            out[0] = low.add(bar.low());
            out[2] = high.add(bar.high());
            out[1] = (out[0] + out[2]) / 2;
        };
    }

    private static Formula acceleration(Arguments a, Memory memory) {
        Window low = new Window(memory, a.period());
        Window middle = new Window(memory, a.period());
        Window high = new Window(memory, a.period());
        return (bar, out) -> {
            double wide = 4 * (bar.high() - bar.low()) / (bar.high() + bar.low());
            out[0] = low.add(bar.low() * (1 - wide));
            out[1] = middle.add(bar.close());
            out[2] = high.add(bar.high() * (1 + wide));
        };
    }

    private static Formula chandelier(Arguments a, Memory memory) {
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        TrueRange range = new TrueRange(memory);
        Smoothed average = Smoothed.wilder(memory, a.period());
        double width = a.number("width");
        return (bar, out) -> {
            double away = width * average.add(range.add(bar));
            out[0] = high.add(bar.high()) - away;
            out[1] = low.add(bar.low()) + away;
        };
    }
}
