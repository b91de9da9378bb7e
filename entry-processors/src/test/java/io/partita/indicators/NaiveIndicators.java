package io.partita.indicators;

import static io.partita.indicators.Columns.abs;
import static io.partita.indicators.Columns.both;
import static io.partita.indicators.Columns.by;
import static io.partita.indicators.Columns.change;
import static io.partita.indicators.Columns.cumulated;
import static io.partita.indicators.Columns.deviation;
import static io.partita.indicators.Columns.each;
import static io.partita.indicators.Columns.ema;
import static io.partita.indicators.Columns.gain;
import static io.partita.indicators.Columns.lag;
import static io.partita.indicators.Columns.last;
import static io.partita.indicators.Columns.logGain;
import static io.partita.indicators.Columns.map;
import static io.partita.indicators.Columns.max;
import static io.partita.indicators.Columns.mean;
import static io.partita.indicators.Columns.min;
import static io.partita.indicators.Columns.minus;
import static io.partita.indicators.Columns.pairs;
import static io.partita.indicators.Columns.plus;
import static io.partita.indicators.Columns.smoothed;
import static io.partita.indicators.Columns.sum;
import static io.partita.indicators.Columns.times;
import static io.partita.indicators.Columns.weighted;
import static io.partita.indicators.Columns.wilder;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The twins of the indicators: the same by their definitions, over whole columns, without any state. */
final class NaiveIndicators {

    private final double[] o;
    private final double[] h;
    private final double[] l;
    private final double[] c;
    private final double[] v;
    private final double[] flow;
    private final double[] market;
    private final double[] median;
    private final double[] typical;
    private final double[] range;
    private final int rows;

    private NaiveIndicators(List<Candle> bars) {
        o = Columns.of(bars, Candle::open);
        h = Columns.of(bars, Candle::high);
        l = Columns.of(bars, Candle::low);
        c = Columns.of(bars, Candle::close);
        v = Columns.of(bars, Candle::volume);
        flow = Columns.of(bars, Candle::flow);
        market = Columns.of(bars, Candle::benchmark);
        median = times(plus(h, l), 0.5);
        typical = times(plus(plus(h, l), c), 1 / 3.0);
        rows = bars.size();
        range = each(rows, i -> i == 0 ? h[i] - l[i]
                : Math.max(h[i] - l[i], Math.max(Math.abs(h[i] - c[i - 1]), Math.abs(l[i] - c[i - 1]))));
    }

    /** Columns of outputs by specification, one for each kind. */
    static Map<String, double[][]> over(List<Candle> bars) {
        NaiveIndicators naive = new NaiveIndicators(bars);
        Map<String, double[][]> all = new LinkedHashMap<>();
        naive.averages(all);
        naive.oscillators(all);
        naive.trends(all);
        naive.ranges(all);
        naive.flows(all);
        naive.statistics(all);
        return all;
    }

    private static double[][] columns(double[]... columns) {
        return columns;
    }

    private void averages(Map<String, double[][]> all) {
        all.put("sma(20)", columns(mean(c, 20)));
        all.put("ema(20)", columns(ema(c, 20)));
        all.put("wma(20)", columns(weighted(c, 20)));
        all.put("wilders(14)", columns(wilder(c, 14)));
        all.put("smma(14)", columns(smoothed(c, 1 / 14.0, 14, false)));
        all.put("trima(20)", columns(mean(mean(c, 11), 10)));
        double[] once = ema(c, 20);
        double[] twice = ema(once, 20);
        all.put("dema(20)", columns(minus(times(once, 2), twice)));
        all.put("tema(20)", columns(plus(minus(times(once, 3), times(twice, 3)), ema(twice, 20))));
        all.put("hma(16)", columns(weighted(minus(times(weighted(c, 8), 2), weighted(c, 16)), 4)));
        double[] ahead = each(rows, i -> i < 8 ? Double.NaN : i == 8 ? c[i] : 2 * c[i] - c[i - 9]);
        all.put("zlema(20)", columns(smoothed(ahead, 2 / 21.0, 12, false)));
        double[] way = abs(minus(c, lag(c, 10)));
        double[] path = sum(abs(change(c)), 10);
        all.put("kama(10,2,30)", columns(adaptive(map(by(way, path), e -> Math.pow(e * (2 / 3.0 - 2 / 31.0) + 2 / 31.0, 2)))));
        all.put("vidya(9,30,0.2)", columns(adaptive(times(by(deviation(c, 9), deviation(c, 30)), 0.2))));
        double[] change = change(c);
        change[0] = 0;
        all.put("vma(9,12)", columns(adaptive(times(abs(by(sum(change, 9), sum(abs(change), 9))), 2 / 13.0))));
        all.put("t3(5,0.7)", columns(tillson()));
        all.put("vwma(20)", columns(by(sum(times(c, v), 20), sum(v, 20))));
        all.put("linreg(14)", columns(last(c, 14, w -> Columns.fit(w)[0] + 13 * Columns.fit(w)[1])));
        all.put("tsf(14)", columns(last(c, 14, w -> Columns.fit(w)[0] + 14 * Columns.fit(w)[1])));
    }

    /** Goes by these weights from where the price was when the first one came. */
    private double[] adaptive(double[] weights) {
        double[] out = new double[rows];
        for (int i = 0; i < rows; i++) {
            double before = i > 0 && Double.isNaN(out[i - 1]) ? c[i - 1] : i > 0 ? out[i - 1] : c[i];
            out[i] = before + weights[i] * (c[i] - before);
        }
        return out;
    }

    /** (1.7 E - 0.7 E²)³ where E is to smooth once. */
    private double[] tillson() {
        double[] third = ema(ema(ema(c, 5), 5), 5);
        double[] fourth = ema(third, 5);
        double[] fifth = ema(fourth, 5);
        return plus(minus(times(third, Math.pow(1.7, 3)), times(fourth, 3 * 1.7 * 1.7 * 0.7)),
                minus(times(fifth, 3 * 1.7 * 0.7 * 0.7), times(ema(fifth, 5), Math.pow(0.7, 3))));
    }

    private void oscillators(Map<String, double[][]> all) {
        double[] up = map(change(c), x -> Math.max(x, 0));
        double[] down = map(change(c), x -> Math.max(-x, 0));
        double[] strength = both(wilder(up, 14), wilder(down, 14), (gain, loss) -> 100 - 100 / (1 + gain / loss));
        all.put("rsi(14)", columns(strength));
        all.put("stochrsi(14)", columns(place(strength, max(strength, 14), min(strength, 14))));
        all.put("cmo(14)", columns(times(by(minus(sum(up, 14), sum(down, 14)), plus(sum(up, 14), sum(down, 14))), 100)));
        double[] slow = mean(times(place(c, max(h, 14), min(l, 14)), 100), 3);
        all.put("stoch(14,3,3)", columns(slow, mean(slow, 3)));
        all.put("willr(14)", columns(map(place(c, max(h, 14), min(l, 14)), x -> 100 * x - 100)));
        all.put("cci(20)", columns(by(minus(typical, mean(typical, 20)), times(last(typical, 20, NaiveIndicators::meanDistance), 0.015))));
        double[] apart = minus(ema(c, 12), ema(c, 26));
        all.put("macd(12,26,9)", columns(apart, ema(apart, 9), minus(apart, ema(apart, 9))));
        all.put("apo(12,26)", columns(apart));
        all.put("ppo(12,26)", columns(times(by(apart, ema(c, 26)), 100)));
        all.put("mom(10)", columns(minus(c, lag(c, 10))));
        all.put("roc(10)", columns(by(minus(c, lag(c, 10)), lag(c, 10))));
        double[] thrice = ema(ema(ema(c, 15), 15), 15);
        all.put("trix(15)", columns(times(by(change(thrice), thrice), 100)));
        all.put("tsi(25,13)", columns(times(by(ema(ema(change(c), 25), 13), ema(ema(abs(change(c)), 25), 13)), 100)));
        double[] before = lag(c, 1);
        double[] floor = both(l, before, Math::min);
        double[] pressure = minus(c, floor);
        double[] whole = minus(both(h, before, Math::max), floor);
        all.put("ultosc(7,14,28)", columns(times(plus(plus(times(by(sum(pressure, 7), sum(whole, 7)), 4), times(by(sum(pressure, 14), sum(whole, 14)), 2)),
                by(sum(pressure, 28), sum(whole, 28))), 100 / 7.0)));
        all.put("ao(5,34,median)", columns(minus(mean(median, 5), mean(median, 34))));
        all.put("fisher(10)", fisher());
        all.put("bop", columns(each(rows, i -> h[i] == l[i] ? 0 : (c[i] - o[i]) / (h[i] - l[i]))));
        all.put("qstick(8)", columns(mean(minus(c, o), 8)));
        all.put("dpo(20)", columns(minus(lag(c, 11), mean(c, 20))));
        all.put("fosc(14)", columns(times(by(minus(c, lag(last(c, 14, w -> Columns.fit(w)[0] + 14 * Columns.fit(w)[1]), 1)), c), 100)));
    }

    private static double[] place(double[] x, double[] high, double[] low) {
        return by(minus(x, low), minus(high, low));
    }

    private static double meanDistance(double[] window) {
        double mean = Columns.average(window);
        return Columns.average(abs(map(window, x -> x - mean)));
    }

    private double[][] fisher() {
        double[] high = max(median, 10);
        double[] low = min(median, 10);
        double[] out = new double[rows];
        double place = 0;
        double now = 0;
        for (int i = 0; i < rows; i++) {
            if (i < 9) {
                out[i] = Double.NaN;
            } else {
                place = 0.66 * ((median[i] - low[i]) / Math.max(0.001, high[i] - low[i]) - 0.5) + 0.67 * place;
                place = place > 0.99 ? 0.999 : place < -0.99 ? -0.999 : place;
                now = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * now;
                out[i] = now;
            }
        }
        return columns(out, each(rows, i -> i < 9 ? Double.NaN : i == 9 ? 0 : out[i - 1]));
    }

    private void trends(Map<String, double[][]> all) {
        double[] above = each(rows, i -> i == 0 ? 0 : h[i] - h[i - 1]);
        double[] below = each(rows, i -> i == 0 ? 0 : l[i - 1] - l[i]);
        double[] plus = wilder(both(above, below, (a, b) -> a > b && a > 0 ? a : 0), 14);
        double[] minus = wilder(both(below, above, (a, b) -> a > b && a > 0 ? a : 0), 14);
        double[] size = wilder(each(rows, i -> i == 0 ? 0 : range[i]), 14);
        double[] index = times(both(plus, minus, (a, b) -> Math.abs(a - b) / (a + b)), 100);
        all.put("dm(14)", columns(times(plus, 14), times(minus, 14)));
        all.put("di(14)", columns(times(by(plus, size), 100), times(by(minus, size), 100)));
        all.put("dx(14)", columns(index));
        all.put("adx(14)", columns(wilder(index, 14)));
        all.put("adxr(14)", columns(times(plus(wilder(index, 14), lag(wilder(index, 14), 13)), 0.5)));
        all.put("psar(0.02,0.2)", columns(parabolic()));
        double[] up = aroon(h);
        double[] down = aroon(times(l, -1));
        all.put("aroon(25)", columns(down, up));
        all.put("aroonosc(25)", columns(minus(up, down)));
        all.put("supertrend(10,3)", superTrend());
        double[] conversion = middle(9);
        all.put("ichimoku(9,26,52)", columns(conversion, middle(26), lag(times(plus(conversion, middle(26)), 0.5), 26), lag(middle(52), 26)));
        all.put("vhf(28)", columns(by(minus(max(c, 28), min(c, 28)), sum(abs(change(c)), 28))));
        double[] ranges = range.clone();
        ranges[0] = Double.NaN;
        all.put("vortex(14)", columns(by(sum(abs(minus(h, lag(l, 1))), 14), sum(ranges, 14)), by(sum(abs(minus(l, lag(h, 1))), 14), sum(ranges, 14))));
        double[] once = ema(minus(h, l), 9);
        all.put("mass(25)", columns(sum(by(once, ema(once, 9)), 25)));
        all.put("linregslope(14)", columns(last(c, 14, w -> Columns.fit(w)[1])));
        all.put("linregintercept(14)", columns(last(c, 14, w -> Columns.fit(w)[0])));
    }

    private double[] middle(int period) {
        return times(plus(max(h, period), min(l, period)), 0.5);
    }

    private double[] aroon(double[] x) {
        return last(x, 26, window -> {
            int best = 0;
            for (int i = 0; i < window.length; i++) {
                best = window[i] >= window[best] ? i : best;
            }
            return 4.0 * best;
        });
    }

    private double[] parabolic() {
        double[] out = new double[rows];
        out[0] = Double.NaN;
        boolean up = h[1] + l[1] >= h[0] + l[0];
        double stop = up ? l[0] : h[0];
        double best = up ? h[0] : l[0];
        double speed = 0.02;
        for (int i = 1; i < rows; i++) {
            stop += speed * (best - stop);
            for (int k = Math.max(0, i - 2); k < i; k++) {
                stop = up ? Math.min(stop, l[k]) : Math.max(stop, h[k]);
            }
            if (up ? h[i] > best : l[i] < best) {
                best = up ? h[i] : l[i];
                speed = Math.min(0.2, speed + 0.02);
            }
            if (up ? l[i] < stop : h[i] > stop) {
                stop = best;
                up = !up;
                best = up ? h[i] : l[i];
                speed = 0.02;
            }
            out[i] = stop;
        }
        return out;
    }

    private double[][] superTrend() {
        double[] average = wilder(range, 10);
        double[][] out = {new double[rows], new double[rows]};
        double upper = 0;
        double lower = 0;
        boolean up = false;
        for (int i = 0; i < rows; i++) {
            double over = median[i] + 3 * average[i];
            double under = median[i] - 3 * average[i];
            upper = i <= 9 || over < upper || c[i - 1] > upper ? over : upper;
            lower = i <= 9 || under > lower || c[i - 1] < lower ? under : lower;
            up = up ? c[i] >= lower : c[i] > upper;
            out[0][i] = i < 9 ? Double.NaN : up ? lower : upper;
            out[1][i] = i < 9 ? Double.NaN : up ? 1 : -1;
        }
        return out;
    }

    private void ranges(Map<String, double[][]> all) {
        all.put("tr", columns(range));
        all.put("atr(14)", columns(wilder(range, 14)));
        all.put("natr(14)", columns(times(by(wilder(range, 14), c), 100)));
        double[] middle = mean(c, 20);
        double[] half = times(deviation(c, 20), 2);
        double[] lower = minus(middle, half);
        double[] upper = plus(middle, half);
        all.put("bbands(20,2)", columns(lower, middle, upper, place(c, upper, lower), by(minus(upper, lower), middle)));
        double[] away = times(wilder(range, 10), 2);
        all.put("keltner(20,2,10)", columns(minus(ema(c, 20), away), ema(c, 20), plus(ema(c, 20), away)));
        all.put("donchian(20)", columns(min(l, 20), times(plus(min(l, 20), max(h, 20)), 0.5), max(h, 20)));
        double[] wide = times(by(minus(h, l), plus(h, l)), 4);
        all.put("abands(20)", columns(mean(times(l, map(wide, x -> 1 - x)), 20), middle, mean(times(h, map(wide, x -> 1 + x)), 20)));
        double[] thrice = times(wilder(range, 22), 3);
        all.put("ce(22,3)", columns(minus(max(h, 22), thrice), plus(min(l, 22), thrice)));
        all.put("stddev(20)", columns(deviation(c, 20)));
        all.put("stderr(20)", columns(times(deviation(c, 20), 1 / Math.sqrt(20))));
        all.put("var(20)", columns(last(c, 20, Columns::variance)));
        all.put("volatility(20)", columns(times(deviation(gain(c), 20), Math.sqrt(252))));
        all.put("realised(20)", columns(map(sum(times(logGain(c), logGain(c)), 20), Math::sqrt)));
        all.put("ewmavol(0.94)", columns(map(smoothed(times(logGain(c), logGain(c)), 0.06, 1, false), Math::sqrt)));
        all.put("parkinson(20)", columns(map(times(mean(map(by(h, l), x -> Math.pow(Math.log(x), 2)), 20), 1 / (4 * Math.log(2))), Math::sqrt)));
        all.put("garmanklass(20)", columns(map(mean(each(rows, i -> 0.5 * Math.pow(Math.log(h[i] / l[i]), 2)
                - (2 * Math.log(2) - 1) * Math.pow(Math.log(c[i] / o[i]), 2)), 20), Math::sqrt)));
        all.put("rogerssatchell(20)", columns(map(mean(each(rows, i -> Math.log(h[i] / c[i]) * Math.log(h[i] / o[i])
                + Math.log(l[i] / c[i]) * Math.log(l[i] / o[i])), 20), Math::sqrt)));
        double[] smooth = ema(minus(h, l), 10);
        all.put("cvi(10)", columns(times(by(minus(smooth, lag(smooth, 10)), lag(smooth, 10)), 100)));
        double[] falls = map(by(c, max(c, 14)), x -> 100 * (x - 1));
        all.put("ulcer(14)", columns(map(mean(times(falls, falls), 14), Math::sqrt)));
    }

    private void flows(Map<String, double[][]> all) {
        double[] change = change(c);
        all.put("obv", columns(cumulated(times(map(change, Math::signum), v))));
        double[] accumulated = each(rows, i -> h[i] == l[i] ? 0 : v[i] * ((c[i] - l[i]) - (h[i] - c[i])) / (h[i] - l[i]));
        all.put("ad", columns(cumulated(accumulated)));
        all.put("adosc(3,10)", columns(minus(ema(cumulated(accumulated), 3), ema(cumulated(accumulated), 10))));
        all.put("cmf(20)", columns(by(sum(accumulated, 20), sum(v, 20))));
        double[] money = times(typical, v);
        double[] in = both(change(typical), money, (way, much) -> Double.isNaN(way) ? Double.NaN : way > 0 ? much : 0);
        double[] out = both(change(typical), money, (way, much) -> Double.isNaN(way) ? Double.NaN : way < 0 ? much : 0);
        all.put("mfi(14)", columns(both(sum(in, 14), sum(out, 14), (a, b) -> 100 * a / (a + b))));
        all.put("emv", columns(by(times(change(median), minus(h, l)), times(v, 1e-4))));
        double[] force = klinger();
        all.put("kvo(34,55)", columns(minus(ema(force, 34), ema(force, 55))));
        all.put("nvi", columns(volumeIndex(-1)));
        all.put("pvi", columns(volumeIndex(1)));
        all.put("marketfi", columns(by(minus(h, l), v)));
        all.put("vosc(14,28)", columns(times(by(minus(mean(v, 14), mean(v, 28)), mean(v, 28)), 100)));
        double[] left = each(rows, i -> i == 0 ? Double.NaN : change[i] > 0 ? c[i] - Math.min(c[i - 1], l[i]) : change[i] < 0 ? c[i] - Math.max(c[i - 1], h[i]) : 0);
        all.put("wad", columns(absentFirst(cumulated(left))));
        all.put("pvt", columns(absentFirst(cumulated(times(gain(c), v)))));
        all.put("force(13)", columns(ema(times(change, v), 13)));
        all.put("ofi(20)", columns(by(sum(flow, 20), sum(v, 20))));
        all.put("amihud(20)", columns(mean(by(abs(gain(c)), times(c, v)), 20)));
    }

    private static double[] absentFirst(double[] x) {
        x[0] = Double.NaN;
        return x;
    }

    private double[] klinger() {
        double[] out = new double[rows];
        out[0] = Double.NaN;
        int way = 0;
        double measured = 0;
        for (int i = 1; i < rows; i++) {
            int now = (int) Math.signum(3 * typical[i] - 3 * typical[i - 1]);
            if (now != 0 && now != way) {
                way = now;
                measured = h[i - 1] - l[i - 1];
            }
            measured += h[i] - l[i];
            out[i] = 100 * v[i] * way * (measured == 0 ? 0 : Math.abs(2 * (h[i] - l[i]) / measured - 1));
        }
        return out;
    }

    private double[] volumeIndex(int way) {
        double[] out = new double[rows];
        out[0] = 1000;
        for (int i = 1; i < rows; i++) {
            out[i] = Math.signum(v[i] - v[i - 1]) == way ? out[i - 1] * (1 + (c[i] - c[i - 1]) / c[i - 1]) : out[i - 1];
        }
        return out;
    }

    private void statistics(Map<String, double[][]> all) {
        all.put("value", columns(c));
        all.put("max(20)", columns(max(c, 20)));
        all.put("min(20)", columns(min(c, 20)));
        all.put("sum(20)", columns(sum(c, 20)));
        all.put("median(20)", columns(last(c, 20, window -> {
            double[] sorted = Arrays.stream(window).sorted().toArray();
            return (sorted[9] + sorted[10]) / 2;
        })));
        all.put("md(20)", columns(last(c, 20, NaiveIndicators::meanDistance)));
        all.put("rank(20)", columns(last(c, 20, window -> Arrays.stream(window).filter(x -> x < window[19]).count() / 20.0)));
        all.put("zscore(20)", columns(by(minus(c, mean(c, 20)), deviation(c, 20))));
        all.put("correlation(20)", columns(pairs(gain(c), gain(market), 20, Columns::correlation)));
        all.put("beta(60)", columns(pairs(gain(c), gain(market), 60, (x, y) -> Columns.covariance(x, y) / Columns.variance(y))));
        all.put("autocorrelation(20)", columns(pairs(gain(c), lag(gain(c), 1), 20, Columns::correlation)));
    }
}
