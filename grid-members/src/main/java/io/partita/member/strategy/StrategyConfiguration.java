package io.partita.member.strategy;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Strategies in live books, on a member. */
@Configuration(proxyBeanMethods = false)
class StrategyConfiguration {

    /** After trading: at the end its runs still cancel what they have open. */
    @Bean
    PaperRuns paperRuns(HazelcastInstance hazelcast, OrderClient orders, TradingService trading) {
        return new PaperRuns(hazelcast, orders, InstantSource.system());
    }
}
