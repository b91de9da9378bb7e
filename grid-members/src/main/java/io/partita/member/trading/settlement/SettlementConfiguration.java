package io.partita.member.trading.settlement;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.ledger.LedgerGateway;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.trading.TradingService;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settlement's place in a member: between the books and the ledger. */
@Configuration(proxyBeanMethods = false)
class SettlementConfiguration {

    @Bean
    SettlementService settlementService(HazelcastInstance hazelcast, @Qualifier(DatabaseConfiguration.TRADING) DataSource database, LedgerGateway ledger, TradingService trading,
                                        TradingAccounts accounts, MeterRegistry registry) {
        return new SettlementService(hazelcast, database, ledger, trading, accounts, registry, InstantSource.system()).start();
    }
}
