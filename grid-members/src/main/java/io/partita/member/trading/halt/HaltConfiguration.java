package io.partita.member.trading.halt;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.trading.Calendars;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Halts of the whole market, on a member. */
@Configuration(proxyBeanMethods = false)
class HaltConfiguration {

    @Bean
    MarketHalts marketHalts(HazelcastInstance hazelcast, TradingService trading, OrderClient orders, Calendars calendars, @Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi, MeterRegistry registry) {
        return new MarketHalts(hazelcast, trading, orders, calendars, new HaltTables(jdbi), InstantSource.system(), registry);
    }
}
