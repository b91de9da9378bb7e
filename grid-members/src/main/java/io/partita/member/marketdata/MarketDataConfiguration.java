package io.partita.member.marketdata;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Market data's place in a member. */
@Configuration(proxyBeanMethods = false)
class MarketDataConfiguration {

    @Bean
    MarketDataPublisher marketDataPublisher(HazelcastInstance hazelcast, MeterRegistry registry) {
        return new MarketDataPublisher(hazelcast, registry);
    }

    /** For this member's own endpoints; like any client it asks the member that serves the book. */
    @Bean
    MarketDataClient marketDataClient(HazelcastInstance hazelcast) {
        return MarketDataClient.of(hazelcast);
    }
}
