package io.partita.member.positions;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.streams.CorporateActions;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.SettlementService;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Positions, their prices and portfolios, on a member. */
@Configuration(proxyBeanMethods = false)
class PositionConfiguration {

    @Bean
    Products products(Jdbi jdbi, TradingService trading) {
        return new Products(jdbi, trading);
    }

    @Bean
    Prices prices(Jdbi jdbi) {
        return new Prices(jdbi);
    }

    @Bean
    ExternalPositions externalPositions(Jdbi jdbi) {
        return new ExternalPositions(jdbi);
    }

    @Bean
    RowImports rowImports(Prices prices, ExternalPositions external, Products products) {
        return new RowImports(prices, external, products);
    }

    @Bean
    PortfolioTables portfolioTables(Jdbi jdbi) {
        return new PortfolioTables(jdbi);
    }

    @Bean
    SymbolChanges symbolChanges(Jdbi jdbi, Products products) {
        return new SymbolChanges(jdbi, products);
    }

    @Bean
    PriceHistories priceHistories(Prices prices, SymbolChanges changes) {
        return new PriceHistories(prices, changes);
    }

    @Bean
    PositionBook positionBook(Products products, Prices prices, ExternalPositions external, PortfolioTables portfolios, CorporateActions actions,
            SymbolChanges changes,
                              TradingService trading, SettlementService settlement) {
        return new PositionBook(products, prices, external, portfolios, new ShareActions(actions, trading, prices), changes, trading, settlement);
    }

    @Bean
    PositionSnapshots positionSnapshots(Jdbi jdbi, PositionBook book, PortfolioTables portfolios, SymbolChanges changes) {
        return new PositionSnapshots(jdbi, book, portfolios, changes);
    }

    /** Jobs of this member find it in the grid's context. */
    @Bean
    LivePositions livePositions(HazelcastInstance hazelcast, Jdbi jdbi, PositionBook book, PortfolioTables portfolios, Prices prices, SymbolChanges changes,
            TradingService trading, SettlementService settlement) {
        return new LivePositions(jdbi, book, portfolios, prices, changes, trading, settlement, InstantSource.system()).in(hazelcast);
    }

    @Bean
    SnapshotTimer snapshotTimer(PositionSnapshots snapshots, PortfolioTables portfolios) {
        return new SnapshotTimer(snapshots, portfolios, InstantSource.system());
    }

    @Bean
    PortfolioController portfolioController(PortfolioTables portfolios, PositionBook book, PositionSnapshots snapshots) {
        return new PortfolioController(portfolios, book, snapshots, InstantSource.system());
    }

    @Bean
    LivePnl livePnl(HazelcastInstance hazelcast) {
        return new LivePnl(hazelcast, InstantSource.system());
    }

    @Bean
    PnlController pnlController(LivePnl live, PortfolioTables portfolios) {
        return new PnlController(live, portfolios);
    }

    @Bean
    LotController lotController(PortfolioTables portfolios, PositionBook book, Products products) {
        return new LotController(portfolios, book, products, InstantSource.system());
    }
}
