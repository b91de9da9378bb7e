package io.partita.member.trading.halt;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.trading.Calendars;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Halts of the whole market, on a member. */
@Configuration(proxyBeanMethods = false)
class HaltConfiguration {

    @Bean
    MarketHalts marketHalts(HazelcastInstance hazelcast, TradingService trading, OrderClient orders, Calendars calendars, Jdbi jdbi) {
        return new MarketHalts(hazelcast, trading, orders, calendars, new HaltTables(jdbi), InstantSource.system());
    }
}
