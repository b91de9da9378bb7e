package io.partita.member.bench.matching;

import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * The matching core on one thread: as fast as it can, and at offered rates, where the time of a command counts from the moment at which it
 * was due. exchange-core's direct order book does the same stream in turns with ours, and must trade exactly the same.
 */
public final class MatchingBench implements Benchmark {

    private static final String UNIT = "orders/s";
    private static final int RESTING = 10_000;
    private static final int[] OFFERED = {500_000, 1_000_000, 2_000_000};
    private static final int MILLION = 1_000_000;

    @Override
    public String name() {
        return "matching";
    }

    @Override
    public String about() {
        return "the matching core on one thread beside exchange-core's direct order book, and its latency at offered rates";
    }

    @Override
    public void run(BenchRun run) {
        int commands = run.quick() ? MILLION : 3 * MILLION;
        int rounds = run.quick() ? 5 : 11;
        run.progress("making the stream of orders");
        OrderStream stream = new OrderStream(commands, RESTING);
        run.setting("Stream", "%,d commands: half of them new orders, an eighth of these take at once; about %,d orders rest"
                .formatted(commands, RESTING));
        run.setting("Venues", "in turns, %d rounds each on a fresh book, the median counts; ours with checks, two reports a trade and the hash"
                .formatted(rounds));
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            run.progress(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
            Venue partita = new PartitaVenue(stream);
            double mine = rate(partita, stream);
            Venue exchangeCore = new ExchangeCoreVenue(stream);
            double other = rate(exchangeCore, stream);
            if (partita.trades() != exchangeCore.trades() || partita.resting() != exchangeCore.resting()) {
                throw new IllegalStateException("the two books do not trade the same");
            }
            if (round >= 0) {
                ours[round] = mine;
                theirs[round] = other;
            }
        }
        report(run, stream, median(ours), median(theirs));
    }

    private static void report(BenchRun run, OrderStream stream, double ours, double theirs) {
        run.row(Row.of("matching.exchange-core", theirs, UNIT).note("baseline: OrderBookDirectImpl of exchange-core 0.5.3"));
        Histogram million = offered(PartitaVenue::new, stream, MILLION);
        run.row(Row.of("matching.core", ours, UNIT).against(theirs).reach(theirs, 2 * theirs).latency(million)
                .note("percentiles at 1,000,000/s offered, in milliseconds"));
        for (int rate : OFFERED) {
            run.progress("at " + rate + " a second");
            Histogram mine = offered(PartitaVenue::new, stream, rate);
            run.row(Row.of("matching.core.at" + rate / 1_000 + "k", rate, UNIT).latency(mine).note(microseconds(mine)));
            Histogram other = offered(ExchangeCoreVenue::new, stream, rate);
            run.row(Row.of("matching.exchange-core.at" + rate / 1_000 + "k", rate, UNIT).latency(other).note(microseconds(other)));
        }
    }

    private static String microseconds(Histogram nanos) {
        return "offered; microseconds: p50 %.2f, p99 %.2f, p99.9 %.2f, p99.99 %.1f, most %.0f".formatted(nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3, nanos.getValueAtPercentile(99.9) / 1e3, nanos.getValueAtPercentile(99.99) / 1e3,
                nanos.getMaxValue() / 1e3);
    }

    private static double rate(Venue venue, OrderStream stream) {
        settle();
        int filled = RESTING;
        for (int i = 0; i < filled; i++) {
            venue.apply(i);
        }
        long start = System.nanoTime();
        for (int i = filled; i < stream.size(); i++) {
            venue.apply(i);
        }
        return (stream.size() - filled) * 1e9 / (System.nanoTime() - start);
    }

    /** Each command is due at a time of its own; one that waits for those before it is late, and that counts. */
    private static Histogram offered(Function<OrderStream, Venue> venues, OrderStream stream, int rate) {
        Venue venue = venues.apply(stream);
        Histogram histogram = new Histogram(10_000_000_000L, 3);
        settle();
        double interval = 1e9 / rate;
        long start = System.nanoTime() + 1_000_000;
        for (int i = 0; i < stream.size(); i++) {
            long due = start + (long) (i * interval);
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            venue.apply(i);
            if (i >= RESTING) {
                histogram.recordValue(System.nanoTime() - due);
            }
        }
        return histogram;
    }

    /** What the last round left over is collected now and not during the next. */
    private static void settle() {
        System.gc();
        LockSupport.parkNanos(100_000_000);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
