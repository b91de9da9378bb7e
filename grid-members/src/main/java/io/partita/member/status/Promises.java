package io.partita.member.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.partita.member.status.Promise.Tally;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What a member promises, counted by the meters that it has anyway. Thread-safe. */
final class Promises {

    static final Duration QUICK = Duration.ofMillis(250);
    static final Duration COMMIT = Duration.ofMillis(100);
    private static final String REQUESTS = "http.server.requests";
    private static final String RESULTS = "partita.ledger.results";
    /** Refusals that are the member's fault, or that of what it stands on, and not the caller's. */
    private static final Set<String> NOT_SERVED = Set.of("STORE_UNAVAILABLE", "OVERLOADED", "NOT_IN_VIEW", "SHARD_UNAVAILABLE", "OUTCOME_UNKNOWN");

    private final MeterRegistry meters;
    private final BooleanSupplier serving;
    private final LongAdder looks = new LongAdder();
    private final LongAdder outages = new LongAdder();

    /** @param serving whether the member serves just now */
    Promises(MeterRegistry meters, BooleanSupplier serving) {
        this.meters = meters;
        this.serving = serving;
    }

    /** Looks whether the member serves. */
    void look() {
        looks.increment();
        if (!serving.getAsBoolean()) {
            outages.increment();
        }
    }

    List<Promise> all() {
        return List.of(
                new Promise("serving", "the member is in the view and its database answers, looked at every ten seconds", 0.999, () -> new Tally(looks.sum(), outages.sum())),
                new Promise("requests", "a request over REST is answered without a fault of the member (no 5xx)", 0.999, this::requests),
                new Promise("latency", "a request over REST is answered within " + QUICK.toMillis() + " ms", 0.99, () -> within(requestTimers(), QUICK)),
                new Promise("commands", "a command to the ledger is carried out, or refused for a reason of the caller's", 0.999, this::commands),
                new Promise("commits", "a commit of the ledger takes no longer than " + COMMIT.toMillis() + " ms", 0.99,
                        () -> within(meters.find("partita.ledger.commit").timers(), COMMIT)));
    }

    private Collection<Timer> requestTimers() {
        return meters.find(REQUESTS).tag("uri", (Predicate<String>) uri -> uri.startsWith("/api/")).timers();
    }

    private Tally requests() {
        long total = 0;
        long bad = 0;
        for (Timer timer : requestTimers()) {
            total += timer.count();
            bad += String.valueOf(timer.getId().getTag("status")).startsWith("5") ? timer.count() : 0;
        }
        return new Tally(total, bad);
    }

    private Tally commands() {
        double total = 0;
        double bad = 0;
        for (Counter counter : meters.find(RESULTS).counters()) {
            total += counter.count();
            bad += NOT_SERVED.contains(counter.getId().getTag("code")) ? counter.count() : 0;
        }
        return new Tally((long) total, (long) bad);
    }

    /** By the bucket that ends there, which the meters are told to have. */
    private static Tally within(Collection<Timer> timers, Duration limit) {
        long total = 0;
        long good = 0;
        for (Timer timer : timers) {
            long count = timer.count();
            total += count;
            for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
                if (bucket.bucket(TimeUnit.MILLISECONDS) == limit.toMillis()) {
                    good += Math.min(count, (long) bucket.count());
                }
            }
        }
        return new Tally(total, total - good);
    }
}
