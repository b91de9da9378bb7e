package io.partita.member.risk.margin;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.ledger.LedgerGateway;
import io.partita.member.PartitaProperties;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import io.partita.member.risk.RiskMeter;
import io.partita.member.risk.RiskSchedule;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.settlement.TradingAccounts;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Margin on a member. */
@Configuration(proxyBeanMethods = false)
class MarginConfiguration {

    @Bean
    MarginCash marginCash(TradingAccounts register, LedgerGateway ledger) {
        return new MarginCash(register, ledger);
    }

    @Bean
    MarginFigures marginFigures(PositionBook book, Prices prices, RiskMeter meter, MarginCash cash) {
        return new MarginFigures(book, prices, meter, cash);
    }

    @Bean
    MarginService marginService(Jdbi jdbi, MarginFigures figures, OrderService orders, MarginCash cash, MeterRegistry registry) {
        return new MarginService(new MarginTables(jdbi), figures, orders, cash, new MarginMeters(registry), InstantSource.system());
    }

    @Bean
    MarginController marginController(MarginService margin, OrderService orders) {
        return new MarginController(margin, orders);
    }

    @Bean
    RiskSchedule marginTimer(Jdbi jdbi, HazelcastInstance hazelcast, MarginService margin, PartitaProperties settings) {
        return new RiskSchedule(jdbi, hazelcast, "margin", margin::evaluateAll, settings.limits().every(), InstantSource.system());
    }
}
