package io.partita.indicators;

import static io.partita.indicators.IndicatorKind.line;
import static io.partita.indicators.Parameter.period;
import static io.partita.indicators.Parameter.smoothing;

import java.util.List;

/** What volume says of prices. Sums that begin with the first bar are levels: only their changes mean something. */
final class Flows {

    static final List<IndicatorKind> KINDS = List.of(
            // J. Granville, New Key to Stock Market Profits, 1963.
            line("obv", "On balance volume: added where the price rises, taken away where it falls", List.of(), (a, memory) -> {
                Cell last = new Cell(memory);
                Cell sum = new Cell(memory, 0);
                return bar -> {
                    double before = last.swap(bar.close());
                    return sum.plus(bar.close() > before ? bar.volume() : bar.close() < before ? -bar.volume() : 0);
                };
            }),
            // M. Chaikin; likewise adosc and cmf.
            line("ad", "Accumulation and distribution: volume by where the close is in its range", List.of(), (a, memory) -> {
                Cell sum = new Cell(memory, 0);
                return bar -> sum.plus(accumulated(bar));
            }),
            line("adosc", "Chaikin's oscillator: a fast average of accumulation less a slow one", List.of(smoothing("fast", 3), smoothing("slow", 10)),
                    (a, memory) -> {
                        a.ascending("fast", "slow");
                        Cell sum = new Cell(memory, 0);
                        Smoothed fast = Smoothed.exponential(memory, a.number("fast"));
                        Smoothed slow = Smoothed.exponential(memory, a.number("slow"));
                        return bar -> {
                            double now = sum.plus(accumulated(bar));
                            return fast.add(now) - slow.add(now);
                        };
                    }),
            line("cmf", "Chaikin's money flow: accumulation by volume, -1 to 1", List.of(period(20)), (a, memory) -> {
                Window accumulated = new Window(memory, a.period());
                Window volume = new Window(memory, a.period());
                return bar -> {
                    double all = volume.add(bar.volume());
                    return accumulated.add(accumulated(bar)) / all;
                };
            }),
            // G. Quong and A. Soudack, Stocks & Commodities 7:3, 1989.
            line("mfi", "Money flow index: the share of money that went in with rising prices, 0 to 100", List.of(period(14)), Flows::moneyFlow),
            line("emv", "Ease of movement: how far the middle went, by 10,000 units of volume and the range (R. Arms)", List.of(), (a, memory) -> {
                Cell last = new Cell(memory);
                return bar -> {
                    double middle = Source.MEDIAN.of(bar);
                    return (middle - last.swap(middle)) * (bar.high() - bar.low()) / (bar.volume() / 10_000);
                };
            }),
            line("kvo", "Klinger's volume oscillator", List.of(smoothing("fast", 34), smoothing("slow", 55)), Klinger::new),
            // P. Dysart; N. Fosback, Stock Market Logic, 1976.
            line("nvi", "Negative volume index: follows the price where volume falls, from 1000 on", List.of(), (a, memory) -> volumeIndex(memory, false)),
            line("pvi", "Positive volume index: follows the price where volume rises, from 1000 on", List.of(), (a, memory) -> volumeIndex(memory, true)),
            line("marketfi", "Market facilitation: the range of a bar by its volume (B. Williams)", List.of(),
                    (a, memory) -> bar -> (bar.high() - bar.low()) / bar.volume()),
            line("vosc", "Volume oscillator: a fast mean of volume less a slow one, in hundredths of that",
                    List.of(period("fast", 14), period("slow", 28)), (a, memory) -> {
                        a.ascending("fast", "slow");
                        Window fast = new Window(memory, a.whole("fast"));
                        Window slow = new Window(memory, a.whole("slow"));
                        return bar -> {
                            double few = fast.add(bar.volume());
                            return 100 * (few / slow.add(bar.volume()) - 1);
                        };
                    }),
            line("wad", "Williams' accumulation and distribution: how far closes are from the end of the true range that they left", List.of(),
                    Flows::williams),
            line("pvt", "Price and volume trend: volume by what the price has gained", List.of(), (a, memory) -> {
                Cell last = new Cell(memory);
                Cell sum = new Cell(memory, 0);
                return bar -> sum.plus(bar.volume() * (bar.close() / last.swap(bar.close()) - 1));
            }),
            // A. Elder, Trading for a Living, 1993.
            line("force", "Force index: what the price has gained by volume, smoothed", List.of(smoothing("period", 13)), (a, memory) -> {
                Cell last = new Cell(memory);
                Smoothed average = Smoothed.exponential(memory, a.number("period"));
                return bar -> average.add(bar.volume() * (bar.close() - last.swap(bar.close())));
            }),
            // T. Chordia, R. Roll and A. Subrahmanyam, Order imbalance, liquidity and market returns, Journal of Financial Economics 65, 2002.
            line("ofi", "Order flow imbalance: what buyers took less what sellers took, by volume, -1 to 1", List.of(period(20)), (a, memory) -> {
                Window flow = new Window(memory, a.period());
                Window volume = new Window(memory, a.period());
                return bar -> {
                    double all = volume.add(Double.isNaN(bar.flow()) ? Double.NaN : bar.volume());
                    return flow.add(bar.flow()) / all;
                };
            }),
            // Y. Amihud, Illiquidity and stock returns, Journal of Financial Markets 5, 2002.
            line("amihud", "Illiquidity of Amihud: the mean size of returns by money traded", List.of(period(20)), (a, memory) -> {
                Cell last = new Cell(memory);
                Window window = new Window(memory, a.period());
                return bar -> {
                    double size = Math.abs(bar.close() / last.swap(bar.close()) - 1);
                    return window.add(bar.volume() == 0 ? Double.NaN : size / (bar.close() * bar.volume()));
                };
            }));

    private Flows() {
    }

    /** The volume by where the close is between low (-1) and high (1). */
    private static double accumulated(Candle bar) {
        double range = bar.high() - bar.low();
        return range == 0 ? 0 : bar.volume() * (2 * bar.close() - bar.high() - bar.low()) / range;
    }

    private static Formula.Line moneyFlow(Arguments a, Memory memory) {
        Cell last = new Cell(memory);
        Window in = new Window(memory, a.period());
        Window all = new Window(memory, a.period());
        return bar -> {
            double price = Source.TYPICAL.of(bar);
            double before = last.swap(price);
            double money = Double.isNaN(before) ? before : price == before ? 0 : price * bar.volume();
            double gone = in.add(price > before ? money : 0 * money);
            double total = all.add(money);
            // Without any movement money goes neither way.
            return total == 0 ? 50 : 100 * gone / total;
        };
    }

    private static Formula.Line volumeIndex(Memory memory, boolean rising) {
        Cell price = new Cell(memory);
        Cell volume = new Cell(memory);
        Cell index = new Cell(memory, 1000);
        return bar -> {
            double before = volume.swap(bar.volume());
            double gain = bar.close() / price.swap(bar.close());
            return rising ? bar.volume() > before ? index.set(index.get() * gain) : index.get()
                    : bar.volume() < before ? index.set(index.get() * gain) : index.get();
        };
    }

    private static Formula.Line williams(Arguments a, Memory memory) {
        Cell last = new Cell(memory);
        Cell sum = new Cell(memory, 0);
        return bar -> {
            double before = last.swap(bar.close());
            double end = bar.close() > before ? Math.min(before, bar.low()) : bar.close() < before ? Math.max(before, bar.high()) : bar.close();
            return sum.plus(Double.isNaN(before) ? before : bar.close() - end);
        };
    }

    /** S. Klinger, Identifying trends with volume analysis, Stocks & Commodities 15:12, 1997. */
    private static final class Klinger implements Formula.Line {

        private final Smoothed fast;
        private final Smoothed slow;
        private final Cell sum;
        private final Cell range;
        /** Of the ranges since the direction changed. */
        private final Cell measured;
        private final Cell direction;

        Klinger(Arguments a, Memory memory) {
            a.ascending("fast", "slow");
            fast = Smoothed.exponential(memory, a.number("fast"));
            slow = Smoothed.exponential(memory, a.number("slow"));
            sum = new Cell(memory);
            range = new Cell(memory);
            measured = new Cell(memory, 0);
            direction = new Cell(memory, 0);
        }

        @Override
        public double next(Candle bar) {
            double now = bar.high() + bar.low() + bar.close();
            double before = sum.swap(now);
            double width = bar.high() - bar.low();
            double widthBefore = range.swap(width);
            if (Double.isNaN(before)) {
                return before;
            }
            double way = Math.signum(now - before);
            if (way != 0 && way != direction.get()) {
                direction.set(way);
                measured.set(widthBefore);
            }
            double all = measured.plus(width);
            double share = all == 0 ? 0 : Math.abs(2 * width / all - 1);
            double force = 100 * bar.volume() * share * (direction.get() > 0 ? 1 : -1);
            return fast.add(force) - slow.add(force);
        }
    }
}
