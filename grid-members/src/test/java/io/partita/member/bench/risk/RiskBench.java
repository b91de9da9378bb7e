package io.partita.member.bench.risk;

import io.partita.kernels.measure.Historical;
import io.partita.kernels.measure.MissingDays;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.ReturnRules;
import io.partita.kernels.measure.ReturnTable;
import io.partita.kernels.measure.RiskEstimate;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.positions.book.Totals;
import io.partita.positions.live.LiveBook;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.LivePortfolio;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** A house of 1,000 portfolios: marking it after a price, and its value at risk by two methods. The baselines do the same from nothing, in plain loops on one thread. */
public final class RiskBench implements Benchmark {

    private static final String UNIT = "portfolios/s";
    private static final int DAYS = 500;
    private static final double LEVEL = 0.99;
    /** A millisecond each. */
    private static final double PNL_FLOOR = 1_000;
    /** Five seconds for all of them, and one. */
    private static final double RISK_FLOOR = House.PORTFOLIOS / 5.0;
    private static final double RISK_GOAL = House.PORTFOLIOS;

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public String about() {
        return "P&L of 1,000 portfolios after a price, and their historical and parametric value at risk, beside plain loops";
    }

    @Override
    public void run(BenchRun run) {
        House house = House.of(1);
        run.setting("House", "%,d portfolios (a firm, %d desks, %d books), %,d positions in %d products, a fifth of them in another currency"
                .formatted(House.PORTFOLIOS, House.DESKS, House.BOOKS, house.positions(), House.PRODUCTS));
        run.setting("risk.pnl", "a price of one product: its positions, and the portfolios that they are in, up to the firm; rows as the grid would be told; one thread, in memory");
        run.setting("risk.portfolios", "value at risk at %s of all of them over %d days of made-up prices, historical and parametric; all cores".formatted(LEVEL, DAYS));
        if (run.wants("risk.pnl")) {
            pnl(run, house);
        }
        if (run.wants("risk.portfolios")) {
            portfolios(run, house);
        }
    }

    // ---- marking ---------------------------------------------------------------------------------------------------------------

    private static void pnl(BenchRun run, House house) {
        LiveBook book = house.book();
        Prices prices = new Prices(house);
        run.progress("risk.pnl: warming up");
        mark(book, prices, run.time(Duration.ofSeconds(5), Duration.ofSeconds(2)).toNanos(), new Histogram(3));
        run.progress("risk.pnl");
        Histogram nanos = new Histogram(3);
        Marked marked = mark(book, prices, run.time(Duration.ofSeconds(10), Duration.ofSeconds(3)).toNanos(), nanos);
        run.progress("risk.pnl.plain");
        Marked plain = revalue(house, prices, run.time(Duration.ofSeconds(10), Duration.ofSeconds(3)).toNanos());
        run.row(Row.of("risk.pnl.plain", plain.rate(), UNIT).note("baseline: after each price all positions are valued and all portfolios added up; of those only what the price touches is counted"));
        run.row(Row.of("risk.pnl", marked.rate(), UNIT).against(plain.rate()).latency(nanos).reach(PNL_FLOOR, PNL_FLOOR)
                .note("%.1f portfolios for each price on average; percentiles are of a price, with all that it touches".formatted((double) marked.portfolios / marked.prices)));
        same(house, book, prices);
    }

    /** What was done in a time. */
    private record Marked(long prices, long portfolios, long nanos) {

        double rate() {
            return portfolios / (nanos / 1e9);
        }
    }

    private static Marked mark(LiveBook book, Prices prices, long forNanos, Histogram nanos) {
        long began = System.nanoTime();
        long marks = 0;
        long portfolios = 0;
        long now = began;
        while (now - began < forNanos) {
            book.offer(prices.next());
            book.mark();
            for (String code : book.takePortfolios()) {
                portfolios += book.portfolio(code, 1, marks, LivePortfolio.Risk.NONE, now).isPresent() ? 1 : 0;
            }
            for (String symbol : book.takeSymbols()) {
                book.positions(symbol, 1, marks);
            }
            marks++;
            long done = System.nanoTime();
            nanos.recordValue(done - now);
            now = done;
        }
        return new Marked(marks, portfolios, now - began);
    }

    private static Marked revalue(House house, Prices prices, long forNanos) {
        Map<String, Integer> touched = house.touched();
        long began = System.nanoTime();
        long marks = 0;
        long portfolios = 0;
        while (System.nanoTime() - began < forNanos) {
            LiveMark mark = prices.next();
            Map<String, Totals> totals = house.revalue(prices.last());
            if (totals.size() != House.PORTFOLIOS) {
                throw new IllegalStateException("a portfolio is missing");
            }
            portfolios += touched.get(mark.symbol());
            marks++;
        }
        return new Marked(marks, portfolios, System.nanoTime() - began);
    }

    /** Both come to the same sums. */
    private static void same(House house, LiveBook book, Prices prices) {
        prices.last().values().forEach(book::offer);
        book.mark();
        house.revalue(prices.last()).forEach((code, totals) -> {
            Totals live = book.portfolio(code, 1, 1, LivePortfolio.Risk.NONE, 1).orElseThrow().totals();
            if (!live.equals(totals)) {
                throw new IllegalStateException(code + " is " + live + ", and from nothing " + totals);
            }
        });
    }

    // ---- value at risk ---------------------------------------------------------------------------------------------------------

    private static void portfolios(BenchRun run, House house) {
        ReturnTable returns = ReturnTable.fromPrices(history(), DAYS + 1, House.PRODUCTS, ReturnRules.STRICT.withMissing(MissingDays.REFUSE).withStaleAfter(0));
        List<double[]> exposures = house.exposures();
        run.progress("risk.portfolios: warming up");
        Histogram each = new Histogram(3);
        long until = System.nanoTime() + run.time(Duration.ofSeconds(5), Duration.ofSeconds(2)).toNanos();
        while (System.nanoTime() < until) {
            measure(returns, exposures, each);
        }
        each.reset();
        run.progress("risk.portfolios");
        Histogram all = new Histogram(3);
        double[] found = new double[0];
        until = System.nanoTime() + run.time(Duration.ofSeconds(10), Duration.ofSeconds(3)).toNanos();
        for (int round = 0; round < 3 || System.nanoTime() < until; round++) {
            long began = System.nanoTime();
            found = measure(returns, exposures, each);
            all.recordValue(System.nanoTime() - began);
        }
        run.progress("risk.portfolios.plain");
        PlainRisk plain = new PlainRisk(returns, LEVEL);
        long began = System.nanoTime();
        double worst = 0;
        double scale = 0;
        for (int i = 0; i < exposures.size(); i++) {
            double[] expected = plain.of(exposures.get(i));
            for (int method = 0; method < 2; method++) {
                worst = Math.max(worst, Math.abs(expected[method] - found[2 * i + method]));
                scale = Math.max(scale, Math.abs(expected[method]));
            }
        }
        double baseline = exposures.size() / ((System.nanoTime() - began) / 1e9);
        double median = all.getValueAtPercentile(50) / 1e9;
        run.row(Row.of("risk.portfolios.plain", baseline, UNIT).note("baseline: one thread, profits by a double loop, sorted for the one method, squares summed for the other"));
        run.row(Row.of("risk.portfolios", exposures.size() / median, UNIT).against(baseline).latency(each).reach(RISK_FLOOR, RISK_GOAL)
                .note("all %,d in %.0f ms (median); percentiles are of a portfolio, which is to be below 50 ms; largest difference from the baseline %.1e of the largest risk"
                        .formatted(exposures.size(), 1e3 * median, worst / scale)));
    }

    private static double[] measure(ReturnTable returns, List<double[]> exposures, Histogram each) {
        double[] found = new double[2 * exposures.size()];
        long[] nanos = new long[exposures.size()];
        IntStream.range(0, exposures.size()).parallel().forEach(i -> {
            long began = System.nanoTime();
            double[] profit = returns.profit(exposures.get(i));
            RiskEstimate historical = new Historical().measure(profit, LEVEL);
            RiskEstimate parametric = Normal.EQUAL_WEIGHTS.measure(profit, LEVEL);
            found[2 * i] = historical.valueAtRisk();
            found[2 * i + 1] = parametric.valueAtRisk();
            nanos[i] = System.nanoTime() - began;
        });
        Arrays.stream(nanos).forEach(each::recordValue);
        return found;
    }

    private static double[] history() {
        Random random = new Random(3);
        double[] prices = new double[(DAYS + 1) * House.PRODUCTS];
        for (int day = 0; day <= DAYS; day++) {
            double market = 0.01 * random.nextGaussian();
            for (int product = 0; product < House.PRODUCTS; product++) {
                int at = day * House.PRODUCTS + product;
                prices[at] = day == 0 ? 100 : prices[at - House.PRODUCTS] * Math.exp(market + 0.012 * random.nextGaussian());
            }
        }
        return prices;
    }

    /** Prices that wander, one product after another at random. */
    private static final class Prices {

        private final House house;
        private final Random random = new Random(2);
        private final Map<String, LiveMark> last;
        private long time = 1_000;

        Prices(House house) {
            this.house = house;
            last = house.marks();
        }

        LiveMark next() {
            String symbol = house.symbols().get(random.nextInt(House.PRODUCTS));
            LiveMark mark = House.mark(symbol, 5_000 + random.nextInt(5_000), ++time);
            last.put(symbol, mark);
            return mark;
        }

        Map<String, LiveMark> last() {
            return last;
        }
    }
}
