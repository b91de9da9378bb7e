package io.partita.member.risk;

import com.hazelcast.core.HazelcastInstance;
import io.partita.kernels.EngineChoice;
import io.partita.kernels.KernelEngine;
import io.partita.member.Version;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Risk, on a member. */
@Configuration(proxyBeanMethods = false)
class PortfolioRiskConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(PortfolioRiskConfiguration.class);

    @Bean
    KernelEngine kernelEngine() {
        EngineChoice choice = EngineChoice.make();
        LOG.info(choice.reason());
        return choice.engine();
    }

    @Bean
    PortfolioRiskController portfolioRiskController(PositionBook book, Prices prices, KernelEngine engine) {
        return new PortfolioRiskController(new FactorReader(book, prices), engine, InstantSource.system(), Version.text());
    }

    /** Jobs of this member find it in the grid's context. */
    @Bean
    DailyMovements dailyMovements(HazelcastInstance hazelcast, PositionBook book, Prices prices) {
        return new DailyMovements(new FactorReader(book, prices)).in(hazelcast);
    }
}
