package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Many schedules, each on one thread, as many at a time as there are cores. */
final class Schedules {

    private Schedules() {
    }

    /** What many schedules came to: how many ran, how much happened in them, and the failing one with the lowest seed, or null. */
    record Result(long schedules, long events, long booked, long refused, long unknown, Simulation.Outcome failed) {
    }

    /**
     * Runs schedules of consecutive seeds until one is wanted, all have run, or the time is over.
     *
     * @param nanos real time, after which no further schedule begins
     */
    static Result run(long firstSeed, long count, long nanos, Sabotage sabotage, Predicate<Simulation.Outcome> wanted) {
        long start = System.nanoTime();
        AtomicLong next = new AtomicLong(firstSeed);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Simulation.Outcome> found = new AtomicReference<>();
        Totals totals = new Totals();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Runtime.getRuntime().availableProcessors()); i++) {
            threads.add(Thread.ofPlatform().name("simulation-" + i).start(() -> {
                while (!stop.get() && System.nanoTime() - start < nanos) {
                    long seed = next.getAndIncrement();
                    if (seed >= firstSeed + count) {
                        return;
                    }
                    Simulation.Outcome outcome = Simulation.run(Plan.of(seed), sabotage);
                    totals.add(outcome);
                    if (wanted.test(outcome)) {
                        found.accumulateAndGet(outcome, (one, other) -> one == null || other.plan().seed() < one.plan().seed() ? other : one);
                        stop.set(true);
                    }
                }
            }));
        }
        threads.forEach(Schedules::join);
        return totals.result(found.get());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Totals {
        private long schedules;
        private long events;
        private long booked;
        private long refused;
        private long unknown;

        synchronized void add(Simulation.Outcome outcome) {
            schedules++;
            events += outcome.events();
            for (History.Request request : outcome.history().requests) {
                booked += request.booked() ? 1 : 0;
                refused += request.outcome != null && !request.booked() ? 1 : 0;
                unknown += request.unknown ? 1 : 0;
            }
        }

        synchronized Result result(Simulation.Outcome failed) {
            return new Result(schedules, events, booked, refused, unknown, failed);
        }
    }
}
