package io.partita.member.marketdata;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataClient;
import io.partita.member.marketdata.alerts.Alerts;
import io.partita.member.streams.SeriesReader;
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
        return new FeedMeters(registry, "partita.marketdata");
    }

    @Bean
    SeriesHub seriesHub(HazelcastInstance hazelcast, SeriesReader reader, Alerts alerts, TradingService trading, JsonMapper json, FeedMeters meters) {
        return new SeriesHub(hazelcast, reader, alerts, trading, new SeriesMessages(json, trading), meters);
    }

    @Bean
    FeedHub feedHub(TradingService trading, MarketDataClient client, SeriesHub series, JsonMapper json, FeedMeters meters) {
        return new FeedHub(trading, client, series, json, meters, InstantSource.system());
    }
}
