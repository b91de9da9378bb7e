package io.partita.member.risk.limits;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.PositionBook;
import io.partita.member.risk.RiskMeter;
import io.partita.member.risk.RiskSchedule;
import io.partita.member.security.Approvals;
import io.partita.member.risk.counterparty.CounterpartyBook;
import io.partita.member.trading.orders.OrderService;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits of risk on a member. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    LimitService limitService(Jdbi jdbi, PositionBook book, PortfolioTables portfolios, RiskMeter meter, CounterpartyBook counterparties, OrderService orders, HazelcastInstance hazelcast, MeterRegistry registry) {
        return new LimitService(new LimitTables(jdbi), new LimitFigures(book, portfolios, meter, counterparties), new Holds(jdbi, orders), hazelcast, new LimitMeters(registry), InstantSource.system());
    }

    @Bean
    OpenBreaches openBreaches(LimitService limits, HazelcastInstance hazelcast) {
        return new OpenBreaches(limits, hazelcast);
    }

    @Bean
    LimitController limitController(LimitService limits, Approvals approvals) {
        return new LimitController(limits, approvals);
    }

    @Bean
    BreachController breachController(LimitService limits) {
        return new BreachController(limits);
    }

    @Bean
    RiskSchedule limitTimer(Jdbi jdbi, HazelcastInstance hazelcast, LimitService limits, PartitaProperties settings) {
        return new RiskSchedule(jdbi, hazelcast, "limits", limits::evaluateAll, settings.limits().every(), InstantSource.system());
    }
}
