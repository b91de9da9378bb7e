package io.partita.member.status;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.grid.LedgerStatistics;
import java.time.InstantSource;
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
        return new StatusService(health, hazelcast, promises, new ServiceLevels(promises.all(), clock), clock);
    }
}
