package io.partita.member.ledger.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.ledger.query.LedgerQueries;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.ledger.rest.LedgerCalls;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reconciliation in a member. */
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {

    @Bean
    ReconciliationRuns reconciliationRuns(Jdbi jdbi) {
        return new ReconciliationRuns(jdbi, InstantSource.system());
    }

    @Bean
    ReconciliationService reconciliationService(Snapshots snapshots, LedgerCalls ledger, ReconciliationRuns runs, MeterRegistry registry,
                                                PartitaProperties settings) {
        return new ReconciliationService(new InternalReconciliation(snapshots, ledger::read, runs), runs, registry, InstantSource.system(),
                settings.ledger().reconcileInterval());
    }

    @Bean
    StatementFiles statementFiles(Jdbi jdbi) {
        return new StatementFiles(jdbi);
    }

    @Bean
    ExternalReconciliation externalReconciliation(Snapshots snapshots, LedgerQueries queries, StatementFiles files) {
        return new ExternalReconciliation(snapshots, queries, files, InstantSource.system());
    }

    @Bean
    StatementFileController statementFileController(ExternalReconciliation reconciliation, StatementFiles files) {
        return new StatementFileController(reconciliation, files, InstantSource.system());
    }
}
