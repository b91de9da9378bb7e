package io.partita.member.trading.orders;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.trading.accounts.OrderClient;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Orders of trading accounts on a member. */
@Configuration(proxyBeanMethods = false)
class OrdersConfiguration {

    @Bean
    OrderService orderService(HazelcastInstance hazelcast, TradingService trading, TradingAccounts register, OrderClient orders, @Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi,
                              PartitaProperties settings, MeterRegistry registry) {
        return new OrderService(hazelcast, trading, register, orders, jdbi, settings.ledger().deadline(), registry);
    }
}
