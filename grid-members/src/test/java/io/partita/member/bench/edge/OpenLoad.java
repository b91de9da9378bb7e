package io.partita.member.bench.edge;

import io.partita.member.bench.BenchRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests at rates that do not wait for answers, over connections that are kept. Each is timed from when it was due, so that a request which finds no connection free, or a
 * generator that comes late, counts as waiting.
 */
final class OpenLoad {

    /** At most so many are under way; whatever is due beyond that waits, and its wait counts. */
    private static final int CONNECTIONS = 256;
    private static final int MOST_WAITING = 200_000;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    /** Whatever has not been sent so long after the end is not sent any more. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final BenchRun run;
    private final InetSocketAddress to;

    OpenLoad(BenchRun run, InetSocketAddress to) {
        this.run = run;
        this.to = to;
    }

    /**
     * Requests of a kind.
     *
     * @param rate a second
     * @param next makes the next one, whole; called by one thread
     */
    record Kind(String name, int rate, Supplier<byte[]> next) {
    }

    private static boolean good(String status) {
        return status.startsWith("2");
    }

    private record Counts(Histogram latency, ConcurrentSkipListMap<String, LongAdder> statuses, LongAdder every) {

        Counts() {
            this(new ConcurrentHistogram(LONGEST, 3), new ConcurrentSkipListMap<>(), new LongAdder());
        }

        void add(String status, long nanos, boolean measured) {
            if (good(status)) {
                every.increment();
            }
            if (measured) {
                latency.recordValue(Math.clamp(nanos, 1, LONGEST));
                statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
            }
        }
    }

    /**
     * What came of a kind within the time that was measured.
     *
     * @param seconds  that time
     * @param statuses how many answers had which status, of errors with their code
     * @param done     answers without an error before, too
     */
    record Outcome(double seconds, Histogram latency, Map<String, Long> statuses, long done) {

        /** Answers without an error, a second. */
        double rate() {
            return statuses.entrySet().stream().filter(one -> good(one.getKey())).mapToLong(Map.Entry::getValue).sum() / seconds;
        }

        String errors() {
            Map<String, Long> wrong = new TreeMap<>(statuses);
            wrong.keySet().removeIf(OpenLoad::good);
            return wrong.isEmpty() ? "no error" : "ERRORS: " + wrong;
        }

        /** Of several kinds together. */
        static Outcome together(List<Outcome> outcomes) {
            Histogram all = new Histogram(LONGEST, 3);
            Map<String, Long> statuses = new TreeMap<>();
            outcomes.forEach(outcome -> {
                all.add(outcome.latency());
                outcome.statuses().forEach((status, count) -> statuses.merge(status, count, Long::sum));
            });
            return new Outcome(outcomes.getFirst().seconds(), all, statuses, outcomes.stream().mapToLong(Outcome::done).sum());
        }
    }

    /** Offers all kinds at once. What is due after the warm-up and before the end is measured, however late its answer comes. */
    Map<String, Outcome> offer(String what, List<Kind> kinds, Duration warmUp, Duration time) throws InterruptedException {
        Map<String, Counts> counts = new TreeMap<>();
        kinds.forEach(kind -> counts.put(kind.name(), new Counts()));
        long start = System.nanoTime();
        long from = start + warmUp.toNanos();
        long end = from + time.toNanos();
        try (Exchange exchange = new Exchange(to, CONNECTIONS, MOST_WAITING)) {
            Thread pace = Thread.ofPlatform().daemon().name("pace").start(() -> pace(kinds, counts, exchange, start, from, end));
            while (System.nanoTime() < end) {
                long answered = counts.values().stream().mapToLong(one -> one.every().sum()).sum();
                run.progress("%s: %,d/s".formatted(what, Math.round(answered * 1e9 / Math.max(1, System.nanoTime() - start))));
                LockSupport.parkNanos(200_000_000);
            }
            pace.join();
            exchange.finish(end + PATIENCE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<String, Outcome> outcomes = new TreeMap<>();
        counts.forEach((name, one) -> {
            Map<String, Long> statuses = new TreeMap<>();
            one.statuses().forEach((status, count) -> statuses.put(status, count.sum()));
            outcomes.put(name, new Outcome(time.toNanos() / 1e9, one.latency(), statuses, one.every().sum()));
        });
        return outcomes;
    }

    private static void pace(List<Kind> kinds, Map<String, Counts> counts, Exchange exchange, long start, long from, long end) {
        long[] sent = new long[kinds.size()];
        while (true) {
            int next = 0;
            for (int i = 1; i < sent.length; i++) {
                next = due(kinds.get(i), sent[i]) < due(kinds.get(next), sent[next]) ? i : next;
            }
            Kind kind = kinds.get(next);
            long at = start + due(kind, sent[next]++);
            if (at >= end) {
                return;
            }
            byte[] request = kind.next().get();
            for (long early = at - System.nanoTime(); early > 0; early = at - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            Counts one = counts.get(kind.name());
            exchange.send(request, status -> one.add(status, System.nanoTime() - at, at >= from));
        }
    }

    /** From the start on. */
    private static long due(Kind kind, long number) {
        return number * TimeUnit.SECONDS.toNanos(1) / kind.rate();
    }
}
