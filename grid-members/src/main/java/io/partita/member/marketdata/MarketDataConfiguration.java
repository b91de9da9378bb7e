package io.partita.member.marketdata;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataClient;
import io.partita.member.trading.TradingService;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

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

    @Bean
    FeedMeters feedMeters(MeterRegistry registry) {
        return new FeedMeters(registry);
    }

    @Bean
    FeedHub feedHub(TradingService trading, MarketDataClient client, JsonMapper json, FeedMeters meters) {
        return new FeedHub(trading, client, json, meters, InstantSource.system());
    }
}
