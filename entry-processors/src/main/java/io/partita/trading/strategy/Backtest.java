package io.partita.trading.strategy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Lets a strategy trade through history. At each moment orders trade first in the bar that is over, then the strategy is told its fills, then it is shown the
 * bar; so what it orders can trade in the next bar at the earliest. Bars of several instruments come in the order of their ends.
 *
 * @param name     of the run
 * @param strategy makes a new one for each run
 * @param history  of each instrument, by time; each iterator is asked for one bar at a time
 * @param cash     to begin with, ticks times units
 * @param model    what trading costs
 */
public record Backtest(String name, Supplier<TradingStrategy> strategy, List<? extends Iterable<PriceBar>> history, long cash, FillModel model) {

    public Backtest {
        if (history.isEmpty() || cash <= 0) {
            throw new IllegalArgumentException("a backtest has an instrument and cash to begin with");
        }
        history = List.copyOf(history);
    }

    /**
     * @throws IllegalArgumentException if the history is not in the order of time
     */
    public BacktestResult run() {
        return new Run().run();
    }

    /** Runs them side by side, on as many threads as wanted; the results are those of running them one by one, in their order. */
    public static List<BacktestResult> runAll(List<Backtest> backtests, int threads) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("backtest-", 0).factory())) {
            List<Future<BacktestResult>> running = workers.invokeAll(backtests.stream().<Callable<BacktestResult>>map(one -> one::run).toList());
            List<BacktestResult> results = new ArrayList<>();
            for (Future<BacktestResult> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(failure.getCause());
        }
    }

    private final class Run {

        private final SimulatedMarket market = new SimulatedMarket(history.size(), cash, model);
        private final TradingStrategy trader = strategy.get();
        private final List<Iterator<PriceBar>> sources = new ArrayList<>();
        /** The next bar of each instrument, which nobody but the merge sees; null at the end. */
        private final PriceBar[] next = new PriceBar[history.size()];
        private final List<Fill> fills = new ArrayList<>();
        private final EquityCurve curve = new EquityCurve();

        BacktestResult run() {
            for (int i = 0; i < next.length; i++) {
                sources.add(history.get(i).iterator());
                pull(i);
            }
            for (int instrument = earliest(); instrument >= 0; instrument = earliest()) {
                PriceBar bar = next[instrument];
                pull(instrument);
                step(instrument, bar);
                int following = earliest();
                if (market.priced() && (following < 0 || next[following].end() > bar.end())) {
                    curve.add(bar.end(), market.equity(), market.invested());
                }
            }
            return new BacktestResult(name, cash, List.copyOf(fills), curve, Metrics.of(curve, fills, cash));
        }

        private void pull(int instrument) {
            next[instrument] = sources.get(instrument).hasNext() ? sources.get(instrument).next() : null;
        }

        /** Whose bar ends first; of several the first instrument. */
        private int earliest() {
            int earliest = -1;
            for (int i = 0; i < next.length; i++) {
                if (next[i] != null && (earliest < 0 || next[i].end() < next[earliest].end())) {
                    earliest = i;
                }
            }
            return earliest;
        }

        private void step(int instrument, PriceBar bar) {
            for (Fill fill : market.advance(instrument, bar)) {
                fills.add(fill);
                trader.onFill(market, fill);
            }
            if (bar.isTick()) {
                trader.onTick(market, instrument, bar);
            } else {
                trader.onBar(market, instrument, bar);
            }
        }
    }
}
