package io.partita.member.status;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.grid.LedgerStatistics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The status's place in a member. */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

    @Bean
    StatusService statusService(HealthEndpoint health, HazelcastInstance hazelcast, MeterRegistry meters, LedgerStatistics ledger) {
        InstantSource clock = InstantSource.system();
        Promises promises = new Promises(meters, () -> {
            LedgerStatistics.Snapshot now = ledger.snapshot();
            return now.view().serving() && now.storeAvailable();
        });
        ServiceLevels levels = new ServiceLevels(promises.all(), clock);
        promises.all().forEach(promise -> {
            gauge(meters, "partita.promise.budget.left", "The part of what may fail in a day that has not failed yet", promise, () -> levels.level(promise).day().budgetLeft());
            gauge(meters, "partita.promise.burn.rate", "How many times as fast as allowed the budget was spent in the last hour", promise, () -> levels.level(promise).hour().burnRate());
        });
        return new StatusService(health, hazelcast, promises, levels, clock);
    }

    /** Nothing to judge is no number. */
    private static void gauge(MeterRegistry meters, String name, String meaning, Promise promise, Supplier<Double> value) {
        Gauge.builder(name, () -> Optional.ofNullable(value.get()).orElse(Double.NaN)).tag("promise", promise.name()).description(meaning).register(meters);
    }
}
