package io.partita.member.trading.algo;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Execution algorithms on a member. */
@Configuration(proxyBeanMethods = false)
class AlgorithmConfiguration {

    @Bean
    AlgorithmService algorithmService(HazelcastInstance hazelcast, TradingService trading, OrderClient orders, @Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi) {
        return new AlgorithmService(hazelcast, trading, orders, new AlgorithmTables(jdbi), InstantSource.system());
    }

    @Bean
    RouteDesk routeDesk(TradingService trading, OrderClient orders, @Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi) {
        return new RouteDesk(trading, orders, new RouteTables(jdbi));
    }
}
