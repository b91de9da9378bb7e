package io.partita.member.security.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit trail's place in a member. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditTrail auditTrail(Jdbi jdbi, PartitaProperties settings, MeterRegistry meters) {
        // The grid port, not that of REST: it is never 0, so that a member has the same name after a restart.
        return new AuditTrail(jdbi, settings.bind() + ":" + settings.grid().port(), InstantSource.system(), settings.edge().auditQueue(), meters);
    }
}
