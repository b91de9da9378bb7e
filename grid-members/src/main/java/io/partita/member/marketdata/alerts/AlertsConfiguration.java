package io.partita.member.marketdata.alerts;

import com.hazelcast.core.HazelcastInstance;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Alerts, on a member. */
@Configuration(proxyBeanMethods = false)
class AlertsConfiguration {

    @Bean
    Alerts alerts(HazelcastInstance hazelcast, Jdbi jdbi) {
        return new Alerts(hazelcast, new FeedbackTables(jdbi));
    }
}
