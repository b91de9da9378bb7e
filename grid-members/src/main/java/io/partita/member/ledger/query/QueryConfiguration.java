package io.partita.member.ledger.query;

import io.partita.member.PartitaProperties;
import io.partita.member.ledger.rest.LargeReversals;
import io.partita.member.ledger.rest.LedgerCalls;
import io.partita.member.security.Approvals;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queries of a member. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

    @Bean
    Snapshots snapshots(DataSource dataSource, PartitaProperties settings) {
        // A connection stays for what must not wait behind queries, such as the health check.
        return new Snapshots(dataSource, Math.max(1, settings.database().pool() - 2));
    }

    @Bean
    IndexUpkeep indexUpkeep(Jdbi jdbi) {
        return new IndexUpkeep(jdbi);
    }

    @Bean
    RecentLegs recentLegs() {
        return new RecentLegs();
    }

    @Bean
    LedgerQueries ledgerQueries(Snapshots snapshots, LedgerCalls ledger, RecentLegs recent, ObjectProvider<InstantSource> clock) {
        return new LedgerQueries(snapshots, ledger::read, recent, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    LargeReversals largeReversals(LedgerCalls ledger, LedgerQueries queries, Approvals approvals, PartitaProperties settings) {
        return new LargeReversals(ledger, id -> queries.transfer(id).transfer().amount(), approvals, settings);
    }
}
