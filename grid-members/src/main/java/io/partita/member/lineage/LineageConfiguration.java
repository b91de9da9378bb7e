package io.partita.member.lineage;

import io.partita.member.ledger.query.LedgerQueries;
import io.partita.member.marketdata.alerts.Alerts;
import io.partita.member.security.audit.AuditTrail;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.rest.SettlementCalls;
import io.partita.pipelines.JobClient;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lineages in a member. */
@Configuration(proxyBeanMethods = false)
class LineageConfiguration {

    @Bean
    LedgerLineage ledgerLineage(LedgerQueries queries, Jdbi jdbi) {
        return new LedgerLineage(queries, new LineageTables(jdbi));
    }

    @Bean
    TradingLineage tradingLineage(TradingCalls trading, OrderService orders, SettlementCalls settlement) {
        return new TradingLineage(trading, orders, settlement);
    }

    @Bean
    StreamLineage streamLineage(JobClient jobs, Alerts alerts, TradingCalls trading) {
        return new StreamLineage(jobs, alerts, trading);
    }

    @Bean
    AuditLineage auditLineage(AuditTrail trail) {
        return new AuditLineage(trail);
    }
}
