package io.partita.member.security.access;

import com.hazelcast.core.HazelcastInstance;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.security.SecurityNames;
import io.partita.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests callers may send to all members together. The buckets are in the grid; a member takes a twentieth of one at a time and gives that out by itself, so that a
 * caller who sends a lot costs twenty calls to the grid a second, and one who has used up a bucket costs none until there is something in it. What a member has taken and not given
 * out within a second is lost to the caller. While the grid does not answer, each member gives out the whole rate by itself. Thread-safe.
 */
final class RateLimits {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final int PARTS = 20;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_MILLIS = 250;
    private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Beyond so many buckets on this member those that nobody asks for any more are forgotten. */
    private static final int MANY = 10_000;

    private final AsyncProxyManager<String> buckets;
    private final Map<String, Slice> slices = new ConcurrentHashMap<>();
    private final Map<String, PathLimit> paths;
    private final PathLimit perKey;
    private final PathLimit perUser;
    private final PathLimit perAddress;
    private final Counter refused;
    private final Counter alone;
    /** A grid that did not answer is not asked again at once: every question would hold up the requests behind it. */
    private volatile long aloneUntil = System.nanoTime();

    /**
     * What became of a request.
     *
     * @param limit     the bucket that has least left in proportion
     * @param remaining about so many are left in it
     * @param waitNanos until there is a token; 0 if the request may go on
     */
    record Verdict(PathLimit limit, long remaining, long waitNanos) {

        boolean passes() {
            return waitNanos == 0;
        }
    }

    RateLimits(HazelcastInstance hazelcast, PartitaProperties.Edge settings, MeterRegistry meters) {
        buckets = Bucket4jHazelcast.<String>entryProcessorBasedBuilder(hazelcast.getMap(SecurityNames.RATE_LIMITS))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1))).build().asAsync();
        paths = settings.paths().stream().map(PathLimit::parse).collect(Collectors.toMap(PathLimit::name, Function.identity()));
        perKey = PathLimit.perSecond("key", settings.perKey());
        perUser = PathLimit.perSecond("user", settings.perUser());
        perAddress = PathLimit.perSecond("address", settings.perAddress());
        refused = Counter.builder("partita.edge.rate.limited").description("Requests that were refused since their caller sent too many").register(meters);
        alone = Counter.builder("partita.edge.rate.alone").description("Times that a bucket of the grid could not be asked").register(meters);
    }

    /** One request less for the caller. */
    Verdict take(Optional<Principal> caller, String address, Optional<AccessRule> rule) {
        String who = caller.map(principal -> "user:" + principal.name()).orElse("address:" + address);
        List<Slice> all = new ArrayList<>(3);
        if (caller.isPresent()) {
            all.add(slice("key:" + caller.get().session(), perKey));
            all.add(slice(who, perUser));
        } else {
            all.add(slice(who, perAddress));
        }
        rule.map(one -> paths.get(one.toString())).ifPresent(limit -> all.add(slice(limit.name() + ":" + who, limit)));
        Verdict tightest = null;
        for (Slice slice : all) {
            Verdict verdict = slice.take();
            if (!verdict.passes()) {
                refused.increment();
                return verdict;
            }
            if (tightest == null || verdict.remaining() * tightest.limit().count() < tightest.remaining() * verdict.limit().count()) {
                tightest = verdict;
            }
        }
        return tightest;
    }

    private Slice slice(String key, PathLimit limit) {
        if (slices.size() > MANY) {
            long now = System.nanoTime();
            slices.values().removeIf(slice -> slice.idle(now));
        }
        return slices.computeIfAbsent(key, fresh -> new Slice(key, limit));
    }

    /** A member's part of a bucket. */
    private final class Slice {

        private final String key;
        private final PathLimit limit;
        private final long size;
        private long tokens;
        private long remaining;
        private long until = System.nanoTime();
        private long blockedUntil = System.nanoTime();

        Slice(String key, PathLimit limit) {
            this.key = key;
            this.limit = limit;
            this.size = Math.max(1, limit.count() / PARTS);
        }

        /** Callers of one bucket wait for each other's question to the grid, which is one for them all. */
        synchronized Verdict take() {
            long now = System.nanoTime();
            if (tokens == 0 || now - until > 0) {
                if (now - blockedUntil < 0) {
                    return new Verdict(limit, 0, blockedUntil - now);
                }
                tokens = taken();
                until = System.nanoTime() + KEPT_NANOS;
                if (tokens == 0) {
                    long wait = Math.min(limit.nanosPerToken() * size, limit.period().toNanos());
                    blockedUntil = now + wait;
                    return new Verdict(limit, 0, wait);
                }
            }
            tokens--;
            return new Verdict(limit, remaining + tokens, 0);
        }

        private long taken() {
            if (System.nanoTime() - aloneUntil < 0) {
                return ownPart();
            }
            try {
                ConsumptionProbe probe = answer(bucket().tryConsumeAndReturnRemaining(size));
                remaining = probe.isConsumed() ? probe.getRemainingTokens() : 0;
                return probe.isConsumed() ? size : answer(bucket().tryConsumeAsMuchAsPossible(size));
            } catch (ExecutionException | TimeoutException | RuntimeException away) {
                alone.increment();
                LOG.debug("The grid does not tell how much is left for {}", key, away);
                aloneUntil = System.nanoTime() + ALONE_NANOS;
                return ownPart();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
        }

        /** As if the bucket were this member's alone: so much in each part of the period. */
        private long ownPart() {
            remaining = 0;
            blockedUntil = System.nanoTime() + limit.nanosPerToken() * size;
            return size;
        }

        private <T> T answer(CompletableFuture<T> question) throws ExecutionException, TimeoutException, InterruptedException {
            return question.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private AsyncBucketProxy bucket() {
            return buckets.builder().build(key, () -> CompletableFuture.completedFuture(BucketConfiguration.builder()
                    .addLimit(bucket -> bucket.capacity(limit.count()).refillGreedy(limit.count(), limit.period())).build()));
        }

        synchronized boolean idle(long now) {
            return now - until > KEPT_NANOS && now - blockedUntil > 0;
        }
    }
}
