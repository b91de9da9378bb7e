package io.partita.member.trading;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.trading.accounts.HazelcastOrderClient;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Trading's place in a member: after the database has its tables and the member is in the grid. */
@Configuration(proxyBeanMethods = false)
class TradingConfiguration {

    @Bean
    TradingService tradingService(HazelcastInstance hazelcast, @Qualifier(DatabaseConfiguration.TRADING) DataSource database, PartitaProperties settings, UpdateSink updates,
                                  FlywayMigrationInitializer migrated, MeterRegistry registry) {
        return new TradingService(hazelcast, database, updates, InstantSource.system(), settings.ledger().deadline(), registry).start();
    }

    /** For this member's own endpoints: like any client it goes to the member that serves the account, and through its risk. */
    @Bean
    OrderClient tradingClient(HazelcastInstance hazelcast, TradingService service, PartitaProperties settings) {
        return HazelcastOrderClient.of(hazelcast, settings.ledger().deadline());
    }
}
