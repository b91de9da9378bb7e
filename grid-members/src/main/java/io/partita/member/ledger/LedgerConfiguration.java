package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.tracing.Tracing;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger's place in a member: after the database has its tables and the member is in the grid. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    RecentBlocks recentBlocks() {
        return new RecentBlocks();
    }

    @Bean
    LedgerService ledgerService(HazelcastInstance hazelcast, @Qualifier(DatabaseConfiguration.JOURNAL) DataSource database,
                                DataSource queries, PartitaProperties settings, MeterRegistry registry, RecentBlocks recent,
                                CommitListener listener, FlywayMigrationInitializer migrated, Tracing tracing) {
        InstantSource clock = InstantSource.system();
        if (!settings.drill().clockOffset().isZero()) {
            clock = InstantSource.offset(clock, settings.drill().clockOffset());
        }
        LedgerParts parts = SabotagedParts.of(settings.drill().sabotage(), hazelcast, database, queries, settings.ledger(), clock, recent, listener);
        return new LedgerService(hazelcast, parts, settings.ledger(), registry, clock, tracing).start();
    }
}
