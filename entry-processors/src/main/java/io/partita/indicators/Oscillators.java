package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.line;
import static io.partita.indicators.IndicatorKind.lines;
import static io.partita.indicators.IndicatorKind.series;
import static io.partita.indicators.Parameter.number;
import static io.partita.indicators.Parameter.period;
import static io.partita.indicators.Parameter.smoothing;
import static io.partita.indicators.Parameter.wilder;

import java.util.List;

/** How fast prices go, and whether they have gone too far. */
final class Oscillators {

    static final List<IndicatorKind> KINDS = List.of(
            // J. W. Wilder, New Concepts in Technical Trading Systems, 1978.
            series("rsi", "Relative strength index: the share of gains among gains and losses, 0 to 100", List.of(period(14), wilder()),
                    Oscillators::relativeStrength),
            // T. Chande and S. Kroll, The New Technical Trader, 1994; likewise cmo.
            series("stochrsi", "Where the relative strength index is between its lowest and its highest, 0 to 1", List.of(period(14), wilder()),
                    Oscillators::stochasticStrength),
            series("cmo", "Chande's momentum oscillator: gains less losses by gains and losses, -100 to 100", List.of(period(14)),
                    (a, memory) -> chandeMomentum(memory, a.period(), false)),
            lines("stoch", "Stochastic oscillator: where the close is between lowest and highest, 0 to 100 (G. Lane)",
                    List.of(period("period", 14), period("slowing", 3), period("smoothing", 3)), List.of("k", "d"), Oscillators::stochastic),
            line("willr", "Williams %R: where the close is below the highest, -100 to 0", List.of(period(14)), Oscillators::williams),
            // D. Lambert, Commodities, October 1980.
            line("cci", "Commodity channel index: how far the typical price is from its mean, in mean deviations of 0.015", List.of(period(20)),
                    Oscillators::commodityChannel),
            // G. Appel, 1979. The original weights 0.15 and 0.075 are periods of 12 1/3 and 25 2/3.
            lines("macd", "Convergence and divergence of two exponential moving averages",
                    List.of(smoothing("fast", 12), smoothing("slow", 26), smoothing("signal", 9)), List.of("macd", "signal", "histogram"),
                    Oscillators::convergence).overSource(),
            series("apo", "Absolute price oscillator: a fast exponential moving average less a slow one",
                    List.of(smoothing("fast", 12), smoothing("slow", 26)), (a, memory) -> averages(a, memory, false)),
            series("ppo", "Percentage price oscillator: the same in hundredths of the slow one",
                    List.of(smoothing("fast", 12), smoothing("slow", 26)), (a, memory) -> averages(a, memory, true)),
            series("mom", "Momentum: what the price has gained", List.of(period(10)), (a, memory) -> {
                Delay then = new Delay(memory, a.period());
                return price -> price - then.add(price);
            }),
            series("roc", "Rate of change: what the price has gained, as a part of what it was", List.of(period(10)), (a, memory) -> {
                Delay then = new Delay(memory, a.period());
                return price -> price / then.add(price) - 1;
            }),
            series("trix", "What a triple exponential moving average gained with the last bar, in hundredths of what it is now", List.of(smoothing("period", 15)),
                    Oscillators::tripleGain),
            // W. Blau, True strength index, Stocks & Commodities 9:11, 1991.
            series("tsi", "True strength index: gains smoothed twice by their sizes smoothed twice, -100 to 100",
                    List.of(smoothing("slow", 25), smoothing("fast", 13)), Oscillators::trueStrength),
            // L. Williams, The ultimate oscillator, Stocks & Commodities 3:4, 1985.
            line("ultosc", "Ultimate oscillator: buying pressure over three spans, 0 to 100",
                    List.of(period("short", 7), period("medium", 14), period("long", 28)), Oscillators::ultimate),
            series("ao", "Awesome oscillator: the mean of 5 less that of 34; usually over the median (B. Williams, New Trading Dimensions, 1998)",
                    List.of(period("fast", 5), period("slow", 34)), Oscillators::meansApart),
            // J. Ehlers, Using the Fisher transform, Stocks & Commodities 20:11, 2002.
            lines("fisher", "Fisher transform of where the median price is between lowest and highest", List.of(period(10)), List.of("fisher", "signal"),
                    Oscillators::fisher),
            line("bop", "Balance of power: what the price has gained within a bar, by its range", List.of(),
                    (a, memory) -> bar -> bar.high() == bar.low() ? 0 : (bar.close() - bar.open()) / (bar.high() - bar.low())),
            line("qstick", "Mean of what prices gained within bars", List.of(period(8)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return bar -> window.add(bar.close() - bar.open());
            }),
            series("dpo", "Detrended price oscillator: the price half a period ago less the mean", List.of(period(20)), (a, memory) -> {
                Delay then = new Delay(memory, a.period() / 2 + 1);
                Window window = new Window(memory, a.period());
                return price -> {
                    double mean = window.add(price);
                    return then.add(price) - mean;
                };
            }),
            series("fosc", "Forecast oscillator: how far the price is from where its line was to be, in hundredths", List.of(period(14)), (a, memory) -> {
                Window window = new Window(memory, a.period());
                return price -> {
                    double forecast = window.line(1);
                    window.add(price);
                    return 100 * (price - forecast) / price;
                };
            }));

    private Oscillators() {
    }

    private static Formula.Series relativeStrength(Arguments a, Memory memory) {
        Cell last = new Cell(memory);
        Smoothed gains = a.average(memory);
        Smoothed losses = a.average(memory);
        boolean skipFirst = a.whole("wilder") == 1;
        return price -> {
            double before = last.swap(price);
            double change = Double.isNaN(before) && !skipFirst ? 0 : price - before;
            double gain = gains.add(Math.max(0, change));
            double loss = losses.add(Math.max(0, -change));
            // A price that has not moved is neither strong nor weak.
            return gain + loss == 0 ? 50 : 100 * gain / (gain + loss);
        };
    }

    private static Formula.Series stochasticStrength(Arguments a, Memory memory) {
        Formula.Series strength = relativeStrength(a, memory);
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        return price -> {
            double now = strength.next(price);
            double lowest = low.add(now);
            double range = high.add(now) - lowest;
            return range == 0 ? 0 : (now - lowest) / range;
        };
    }

    /** @param fromFirst whether the first price counts as one that has not changed */
    static Formula.Series chandeMomentum(Memory memory, int period, boolean fromFirst) {
        Cell last = new Cell(memory);
        Window gains = new Window(memory, period);
        Window sizes = new Window(memory, period);
        return price -> {
            double before = last.swap(price);
            double change = Double.isNaN(before) && fromFirst ? 0 : price - before;
            double gain = gains.add(change);
            double size = sizes.add(Math.abs(change));
            return size == 0 ? 0 : 100 * gain / size;
        };
    }

    private static Formula stochastic(Arguments a, Memory memory) {
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        Window slow = new Window(memory, a.whole("slowing"));
        Window smooth = new Window(memory, a.whole("smoothing"));
        return (bar, out) -> {
            double lowest = low.add(bar.low());
            double range = high.add(bar.high()) - lowest;
            out[0] = slow.add(range == 0 ? 0 : 100 * (bar.close() - lowest) / range);
            out[1] = smooth.add(out[0]);
        };
    }

    private static Formula.Line williams(Arguments a, Memory memory) {
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        return bar -> {
            double highest = high.add(bar.high());
            double range = highest - low.add(bar.low());
            return range == 0 ? 0 : -100 * (highest - bar.close()) / range;
        };
    }

    private static Formula.Line commodityChannel(Arguments a, Memory memory) {
        Window window = new Window(memory, a.period());
        Ordered ordered = new Ordered(memory, a.period());
        return bar -> {
            double price = Source.TYPICAL.of(bar);
            double mean = window.add(price);
            ordered.add(price);
            return window.variance() == 0 ? 0 : (price - mean) / (0.015 * ordered.distance(mean));
        };
    }

    private static Formula convergence(Arguments a, Memory memory) {
        Formula.Series apart = averages(a, memory, false);
        Smoothed signal = Smoothed.exponential(memory, a.number("signal"));
        return (bar, out) -> {
            out[0] = apart.next(a.value(bar));
            out[1] = signal.add(out[0]);
            out[2] = out[0] - out[1];
        };
    }

    private static Formula.Series averages(Arguments a, Memory memory, boolean hundredths) {
        a.ascending("fast", "slow");
        Smoothed fast = Smoothed.exponential(memory, a.number("fast"));
        Smoothed slow = Smoothed.exponential(memory, a.number("slow"));
        return price -> {
            double base = slow.add(price);
            double apart = fast.add(price) - base;
            return hundredths ? 100 * apart / base : apart;
        };
    }

    private static Formula.Series tripleGain(Arguments a, Memory memory) {
        Smoothed once = Smoothed.exponential(memory, a.number("period"));
        Smoothed twice = Smoothed.exponential(memory, a.number("period"));
        Smoothed thrice = Smoothed.exponential(memory, a.number("period"));
        Cell last = new Cell(memory);
        return price -> {
            double now = thrice.add(twice.add(once.add(price)));
            return 100 * (1 - last.swap(now) / now);
        };
    }

    private static Formula.Series trueStrength(Arguments a, Memory memory) {
        Cell last = new Cell(memory);
        Smoothed[] chain = {Smoothed.exponential(memory, a.number("slow")), Smoothed.exponential(memory, a.number("fast")),
                Smoothed.exponential(memory, a.number("slow")), Smoothed.exponential(memory, a.number("fast"))};
        return price -> {
            double change = price - last.swap(price);
            double gain = chain[1].add(chain[0].add(change));
            double size = chain[3].add(chain[2].add(Math.abs(change)));
            return size == 0 ? 0 : 100 * gain / size;
        };
    }

    private static Formula.Line ultimate(Arguments a, Memory memory) {
        a.ascending("short", "medium");
        a.ascending("medium", "long");
        String[] spans = {"short", "medium", "long"};
        Window[] pressure = new Window[3];
        Window[] range = new Window[3];
        for (int i = 0; i < 3; i++) {
            pressure[i] = new Window(memory, a.whole(spans[i]));
            range[i] = new Window(memory, a.whole(spans[i]));
        }
        Cell last = new Cell(memory);
        return bar -> {
            double before = last.swap(bar.close());
            double floor = Math.min(bar.low(), before);
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                double pressed = pressure[i].add(bar.close() - floor);
                sum += (4 >> i) * pressed / range[i].add(Math.max(bar.high(), before) - floor);
            }
            return 100 * sum / 7;
        };
    }

    private static Formula.Series meansApart(Arguments a, Memory memory) {
        a.ascending("fast", "slow");
        Window fast = new Window(memory, a.whole("fast"));
        Window slow = new Window(memory, a.whole("slow"));
        return price -> fast.add(price) - slow.add(price);
    }

    private static Formula fisher(Arguments a, Memory memory) {
        Extreme high = Extreme.highest(memory, a.period());
        Extreme low = Extreme.lowest(memory, a.period());
        Cell place = new Cell(memory, 0);
        Cell last = new Cell(memory, 0);
        return (bar, out) -> {
            double price = Source.MEDIAN.of(bar);
            double lowest = low.add(price);
            // A range of nothing is taken as a very small one.
            double range = Math.max(0.001, high.add(price) - lowest);
            double now = 0.66 * ((price - lowest) / range - 0.5) + 0.67 * place.get();
            out[0] = Double.NaN;
            out[1] = Double.NaN;
            if (!Double.isNaN(now)) {
                double bounded = place.set(Math.abs(now) > 0.99 ? Math.copySign(0.999, now) : now);
                out[0] = 0.5 * Math.log((1 + bounded) / (1 - bounded)) + 0.5 * last.get();
                out[1] = last.swap(out[0]);
            }
        };
    }
}
