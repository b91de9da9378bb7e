package io.partita.member.demo;

import com.hazelcast.core.HazelcastInstance;
import io.partita.ledger.LedgerGateway;
import io.partita.marketdata.stream.TickStream;
import io.partita.member.marketdata.rules.Rules;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.Products;
import io.partita.member.positions.RowImports;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.pipelines.JobClient;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the demo world once the member serves, so that it slows no start; {@code partita.demo=false} leaves it out. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "partita.demo", matchIfMissing = true)
class DemoConfiguration {

    @Bean(destroyMethod = "close")
    DemoWorld demoWorld(LedgerGateway ledger, Jdbi database, HazelcastInstance hazelcast, ObjectProvider<InstantSource> clock) {
        return new DemoWorld(ledger, new DemoLedger(database),
                () -> hazelcast.getCluster().getMembers().iterator().next().localMember(),
                clock.getIfAvailable(InstantSource::system), DemoWorld.SEED);
    }

    /** Trades when the bank is there. */
    @Bean(destroyMethod = "close")
    DemoMarket demoMarket(TradingService trading, TradingAccounts accounts, HazelcastInstance hazelcast, JobClient jobs, TickStream stream, Rules rules,
                          DemoWorld world, ObjectProvider<InstantSource> clock) {
        return new DemoMarket(trading, accounts, new DemoJobs(hazelcast, jobs, stream, rules), () -> world.progress().state() == DemoProgress.State.RUNNING,
                clock.getIfAvailable(InstantSource::system), DemoWorld.SEED);
    }

    /** When the market has listed what they hold. */
    @Bean(destroyMethod = "close")
    DemoPortfolios demoPortfolios(PortfolioTables portfolios, Products products, RowImports imports, TradingService trading, DemoWorld world, ObjectProvider<InstantSource> clock) {
        return new DemoPortfolios(portfolios, products, imports, () -> world.progress().state() == DemoProgress.State.RUNNING && DemoMarket.listed(trading),
                clock.getIfAvailable(InstantSource::system), DemoWorld.SEED);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> demoStart(DemoWorld world, DemoMarket market, DemoPortfolios portfolios) {
        return ready -> {
            world.start();
            market.start();
            portfolios.start();
        };
    }

    /** Tells how far it is, among the member's health; it is never a reason to call the member unwell. */
    @Bean
    HealthIndicator demoHealthIndicator(DemoWorld world) {
        return () -> {
            DemoProgress progress = world.progress();
            return Health.up().withDetail("state", progress.state()).withDetail("done", progress.done())
                    .withDetail("days", progress.days()).build();
        };
    }
}
