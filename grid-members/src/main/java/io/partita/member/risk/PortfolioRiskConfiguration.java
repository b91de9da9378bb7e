package io.partita.member.risk;

import com.hazelcast.core.HazelcastInstance;
import io.partita.kernels.EngineChoice;
import io.partita.kernels.KernelEngine;
import io.partita.member.Version;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.PriceHistories;
import io.partita.member.positions.Prices;
import io.partita.member.positions.Products;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Risk, on a member. */
@Configuration(proxyBeanMethods = false)
class PortfolioRiskConfiguration {

    private static final QuestionDay TODAY = new QuestionDay(InstantSource.system());
    private static final Logger LOG = LoggerFactory.getLogger(PortfolioRiskConfiguration.class);

    @Bean
    KernelEngine kernelEngine() {
        EngineChoice choice = EngineChoice.make();
        LOG.info(choice.reason());
        return choice.engine();
    }

    @Bean
    PortfolioRisk portfolioRisk(PositionBook book, Products products, Prices prices, PriceHistories histories, KernelEngine engine) {
        HoldingsReader holdings = new HoldingsReader(book, products);
        return new PortfolioRisk(holdings, new FactorReader(holdings, prices, histories), engine);
    }

    @Bean
    PortfolioRiskController portfolioRiskController(PortfolioRisk risk, Products products) {
        return new PortfolioRiskController(risk, products, TODAY, Version.text());
    }

    @Bean
    StructureController structureController(PortfolioRisk risk, PriceHistories histories) {
        return new StructureController(risk, histories, TODAY, Version.text());
    }

    @Bean
    StressScenarios stressScenarios(Jdbi jdbi) {
        return new StressScenarios(jdbi);
    }

    @Bean
    StressScenarioController stressScenarioController(StressScenarios scenarios) {
        return new StressScenarioController(scenarios);
    }

    @Bean
    StressController stressController(PortfolioRisk risk, StressScenarios scenarios, Products products) {
        return new StressController(risk, scenarios, products, TODAY, Version.text());
    }

    @Bean
    RiskResults riskResults(Jdbi jdbi) {
        return new RiskResults(jdbi);
    }

    @Bean
    RiskHistoryController riskHistoryController(PortfolioRisk risk, RiskResults results) {
        return new RiskHistoryController(risk, results, TODAY, Version.text());
    }

    @Bean
    RiskTimer riskTimer(PortfolioRisk risk, RiskResults results, PortfolioTables portfolios) {
        return new RiskTimer(risk, results, portfolios, InstantSource.system(), Version.text());
    }

    @Bean
    RiskMeter riskMeter(PortfolioRisk risk) {
        return new RiskMeter(risk);
    }

    /** Jobs of this member find it in the grid's context. */
    @Bean
    DailyMovements dailyMovements(HazelcastInstance hazelcast, PositionBook book, Products products, Prices prices,
            PriceHistories histories) {
        return new DailyMovements(new FactorReader(new HoldingsReader(book, products), prices, histories)).in(hazelcast);
    }
}
