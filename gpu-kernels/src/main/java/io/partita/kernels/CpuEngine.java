package io.partita.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The engine that is always there: all cores, blocks that stay in a core's cache, loops that the compiler turns into vector
 * instructions. Results are the same bits for any number of threads and any size of block.
 */
public final class CpuEngine implements KernelEngine {

    /** Two rows of 1,024 numbers for each of 64 factors are half a megabyte in single precision: the second cache of a core. */
    private static final int BLOCK = 1_024;
    private static final int MOST_THREADS = 1_024;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int threads;
    private final int block;
    private final ExecutorService pool;

    private CpuEngine(int threads, int block) {
        this.threads = threads;
        this.block = block;
        ThreadPoolExecutor workers = new ThreadPoolExecutor(Math.max(threads - 1, 1), Math.max(threads - 1, 1), IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "kernels-" + NUMBERS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        this.pool = workers;
    }

    /** As many threads as there are cores. */
    public static CpuEngine onAllCores() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /** So many threads, of which the caller's is one. */
    public static CpuEngine of(int threads) {
        return of(threads, BLOCK);
    }

    /** With blocks of another size, for tests and measurements. */
    public static CpuEngine of(int threads, int block) {
        return new CpuEngine(Checks.size(threads, 1, MOST_THREADS, "threads"), Checks.size(block, 1, 1 << 16, "scenarios in a block"));
    }

    @Override
    public String description() {
        return "CPU, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public double[] profits(Scenarios scenarios, Portfolio portfolio, Precision precision) {
        KernelEngine.check(scenarios, portfolio);
        int count = scenarios.count();
        int columns = Math.min(block, count);
        double[] out = new double[count];
        Supplier<BlockRun> runs = precision == Precision.SINGLE
                ? SingleBlock.of(scenarios, portfolio, columns) : DoubleBlock.of(scenarios, portfolio, columns);
        AtomicInteger next = new AtomicInteger();
        int blocks = (count + columns - 1) / columns;
        everywhere(Math.min(threads, blocks), () -> {
            BlockRun run = runs.get();
            for (int b = next.getAndIncrement(); b < blocks; b = next.getAndIncrement()) {
                run.profits(b * columns, Math.min(columns, count - b * columns), out);
            }
        });
        return Checks.finite(out, "profit");
    }

    @Override
    public double[] moves(Scenarios scenarios, int[] chosen) {
        int factors = scenarios.factors();
        Checks.size((int) Math.min((long) chosen.length * factors, Integer.MAX_VALUE), 0, 1 << 28, "moves");
        for (int scenario : chosen) {
            Checks.index(scenario, scenarios.count(), "scenario");
        }
        double[] moves = new double[chosen.length * factors];
        AtomicInteger next = new AtomicInteger();
        int columns = Math.min(block, Math.max(chosen.length, 1));
        int parts = (chosen.length + columns - 1) / columns;
        everywhere(Math.min(threads, parts), () -> {
            DoubleBlock run = new DoubleBlock(scenarios, columns);
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                int end = Math.min((part + 1) * columns, chosen.length);
                for (int k = part * columns; k < end;) {
                    int neighbours = neighbours(chosen, k, end);
                    run.moves(chosen[k], neighbours, moves, k * factors);
                    k += neighbours;
                }
            }
        });
        return moves;
    }

    /** How many scenarios from here on follow each other, so that a block has them at once. */
    private static int neighbours(int[] chosen, int from, int end) {
        int k = from + 1;
        while (k < end && chosen[k] == chosen[k - 1] + 1) {
            k++;
        }
        return k - from;
    }

    @Override
    public double[] gains(Scenarios scenarios, Portfolio portfolio, int[] chosen) {
        KernelEngine.check(scenarios, portfolio);
        int positions = portfolio.positions();
        Checks.size((int) Math.min((long) chosen.length * positions, Integer.MAX_VALUE), 0, 1 << 28, "gains");
        double[] moves = moves(scenarios, chosen);
        double[] gains = new double[chosen.length * positions];
        AtomicInteger next = new AtomicInteger();
        double[] bases = portfolio instanceof OptionBook book ? DoubleBlock.bases(book) : new double[0];
        everywhere(Math.min(threads, chosen.length), () -> {
            for (int k = next.getAndIncrement(); k < chosen.length; k = next.getAndIncrement()) {
                switch (portfolio) {
                    case Sensitivities book -> book.gains(moves, k * scenarios.factors(), gains, k * positions);
                    case OptionBook book -> gains(book, moves, k, bases, gains);
                }
            }
        });
        return Checks.finite(gains, "gain");
    }

    private static void gains(OptionBook book, double[] moves, int k, double[] bases, double[] gains) {
        double[] work = new double[(book.steps() | 1) + 1];
        for (int i = 0; i < book.positions(); i++) {
            gains[k * book.positions() + i] = book.gain(i, moves, k * book.factors(), bases[i], work);
        }
    }

    /** Runs the same on several threads, one of them the caller's, and waits for all. */
    private void everywhere(int parts, Runnable work) {
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < parts; i++) {
            others.add(pool.submit(work));
        }
        try {
            work.run();
        } finally {
            others.forEach(CpuEngine::await);
        }
    }

    private static void await(Future<?> part) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    part.get();
                    return;
                } catch (InterruptedException e) {
                    // The part writes to an array that the caller is about to have: it must be over first.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A part of a calculation failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
