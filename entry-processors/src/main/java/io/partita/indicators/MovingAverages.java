package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.series;
import static io.partita.indicators.Parameter.number;
import static io.partita.indicators.Parameter.period;
import static io.partita.indicators.Parameter.smoothing;

import java.util.List;

/** Averages of the last prices. */
final class MovingAverages {

    static final List<IndicatorKind> KINDS = List.of(
            series("sma", "Simple moving average", List.of(period(20)), (a, memory) -> new Window(memory, a.period())::add),
            series("ema", "Exponential moving average, with 2 / (period + 1)", List.of(smoothing("period", 20)),
                    (a, memory) -> Smoothed.exponential(memory, a.number("period"))::add),
            series("wma", "Weighted moving average: the newest counts most, the oldest once", List.of(period(20)), (a, memory) -> weighted(memory, a.period())),
            series("wilders", "Wilder's moving average, with 1 / period, beginning with a simple one", List.of(period(14)),
                    (a, memory) -> Smoothed.wilder(memory, a.period())::add),
            series("smma", "Smoothed moving average, with 1 / period, beginning with the first price", List.of(period(14)),
                    (a, memory) -> Smoothed.modified(memory, a.period())::add),
            series("trima", "Triangular moving average: a simple one of a simple one", List.of(period(20)), MovingAverages::triangular),
            // P. Mulloy, Smoothing data with faster moving averages, Stocks & Commodities 12:1, 1994; likewise tema.
            series("dema", "Double exponential moving average", List.of(smoothing("period", 20)), MovingAverages::doubled),
            series("tema", "Triple exponential moving average", List.of(smoothing("period", 20)), MovingAverages::tripled),
            // A. Hull, 2005.
            series("hma", "Hull moving average", List.of(period(16)), MovingAverages::hull),
            // J. Ehlers and R. Way, Zero lag, Stocks & Commodities 28:11, 2010.
            series("zlema", "Exponential moving average of the price and what it has gained since half a period ago", List.of(period(20)),
                    MovingAverages::zeroLag),
            // P. Kaufman, Smarter Trading, 1995.
            series("kama", "Kaufman's adaptive moving average: fast where the price goes straight",
                    List.of(period(10), smoothing("fast", 2), smoothing("slow", 30)), MovingAverages::kaufman),
            // T. Chande, Adapting moving averages to market volatility, Stocks & Commodities 10:3, 1992.
            series("vidya", "Variable index dynamic average: fast where the last deviation is larger than usual",
                    List.of(period("short", 9), period("long", 30), number("weight", 0.2, 1)), MovingAverages::byDeviation),
            series("vma", "Variable moving average: fast where Chande's momentum is strong", List.of(period("momentum", 9), smoothing("period", 12)),
                    MovingAverages::byMomentum),
            // T. Tillson, Better moving averages, Stocks & Commodities 16:1, 1998.
            series("t3", "Tillson's T3", List.of(smoothing("period", 5), number("factor", 0.7, 1)), MovingAverages::tillson),
            IndicatorKind.line("vwma", "Moving average weighted with the volume", List.of(period(20)), MovingAverages::byVolume).overSource(),
            series("linreg", "Where the line of least squares ends", List.of(period(14)), (a, memory) -> line(memory, a.period(), 0)),
            series("tsf", "Where the line of least squares will be next", List.of(period(14)), (a, memory) -> line(memory, a.period(), 1)));

    private MovingAverages() {
    }

    static Formula.Series weighted(Memory memory, int period) {
        Window window = new Window(memory, period);
        return price -> {
            window.add(price);
            return window.weightedMean();
        };
    }

    private static Formula.Series line(Memory memory, int period, double ahead) {
        Window window = new Window(memory, period);
        return price -> {
            window.add(price);
            return window.line(ahead);
        };
    }

    private static Formula.Series triangular(Arguments a, Memory memory) {
        Window inner = new Window(memory, a.period() / 2 + 1);
        Window outer = new Window(memory, (a.period() + 1) / 2);
        return price -> outer.add(inner.add(price));
    }

    private static Formula.Series doubled(Arguments a, Memory memory) {
        Smoothed once = Smoothed.exponential(memory, a.number("period"));
        Smoothed twice = Smoothed.exponential(memory, a.number("period"));
        return price -> {
            double first = once.add(price);
            return 2 * first - twice.add(first);
        };
    }

    private static Formula.Series tripled(Arguments a, Memory memory) {
        Smoothed once = Smoothed.exponential(memory, a.number("period"));
        Smoothed twice = Smoothed.exponential(memory, a.number("period"));
        Smoothed thrice = Smoothed.exponential(memory, a.number("period"));
        return price -> {
            double first = once.add(price);
            double second = twice.add(first);
            return 3 * first - 3 * second + thrice.add(second);
        };
    }

    private static Formula.Series hull(Arguments a, Memory memory) {
        Formula.Series half = weighted(memory, Math.max(1, a.period() / 2));
        Formula.Series whole = weighted(memory, a.period());
        Formula.Series root = weighted(memory, (int) Math.sqrt(a.period()));
        return price -> root.next(2 * half.next(price) - whole.next(price));
    }

    private static Formula.Series zeroLag(Arguments a, Memory memory) {
        int lag = (a.period() - 1) / 2;
        Delay delay = new Delay(memory, lag);
        Smoothed average = Smoothed.weighted(memory, 2.0 / (a.period() + 1), a.period() - Math.max(0, lag - 1));
        return price -> {
            double then = delay.add(price);
            // It begins with the last price that has no earlier one to compare with.
            return average.add(Double.isNaN(then) && delay.count() == lag ? price : 2 * price - then);
        };
    }

    private static Formula.Series kaufman(Arguments a, Memory memory) {
        double fast = 2 / (a.number("fast") + 1);
        double slow = 2 / (a.number("slow") + 1);
        Delay then = new Delay(memory, a.period());
        Cell last = new Cell(memory);
        Window path = new Window(memory, a.period());
        Adaptive average = new Adaptive(memory);
        return price -> {
            double length = Math.max(0, path.add(Math.abs(price - last.swap(price))) * a.period());
            double way = Math.abs(price - then.add(price));
            double efficiency = length == 0 ? 1 : Math.min(1, way / length);
            double weight = efficiency * (fast - slow) + slow;
            return average.add(price, weight * weight);
        };
    }

    private static Formula.Series byDeviation(Arguments a, Memory memory) {
        a.ascending("short", "long");
        Window few = new Window(memory, a.whole("short"));
        Window many = new Window(memory, a.whole("long"));
        Adaptive average = new Adaptive(memory);
        double weight = a.number("weight");
        return price -> {
            few.add(price);
            many.add(price);
            double usual = many.deviation();
            return average.add(price, usual == 0 ? 0 : weight * few.deviation() / usual);
        };
    }

    private static Formula.Series byMomentum(Arguments a, Memory memory) {
        Formula.Series momentum = Oscillators.chandeMomentum(memory, a.whole("momentum"), true);
        double weight = 2 / (a.number("period") + 1);
        Adaptive average = new Adaptive(memory);
        return price -> average.add(price, weight * Math.abs(momentum.next(price)) / 100);
    }

    private static Formula.Series tillson(Arguments a, Memory memory) {
        Smoothed[] chain = new Smoothed[6];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = Smoothed.exponential(memory, a.number("period"));
        }
        double v = a.number("factor");
        return price -> {
            double second = chain[1].add(chain[0].add(price));
            double third = chain[2].add(second);
            double fourth = chain[3].add(third);
            double fifth = chain[4].add(fourth);
            double sixth = chain[5].add(fifth);
            return -v * v * v * sixth + 3 * v * v * (1 + v) * fifth - 3 * v * (1 + v) * (1 + v) * fourth + (1 + v) * (1 + v) * (1 + v) * third;
        };
    }

    private static Formula.Line byVolume(Arguments a, Memory memory) {
        Window money = new Window(memory, a.period());
        Window volume = new Window(memory, a.period());
        return bar -> {
            double all = volume.add(Double.isNaN(a.value(bar)) ? Double.NaN : bar.volume());
            return money.add(a.value(bar) * bar.volume()) / all;
        };
    }
}
